import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { askRaw } from './support/raw.js';
import { smallApi } from './support/small-api.js';

@Controller('notes')
class NotesController {
  @Get()
  list() {
    return ['milk'];
  }

  @Get('broken')
  broken() {
    throw new Error('on purpose');
  }

  @Get('away')
  away() {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'AWAY' });
  }
}

let app: NestExpressApplication;
let port: number;
let log: Record<string, unknown>[];
beforeAll(async () => {
  const isUnreachable = (error: unknown) => (error as { code?: string }).code === 'AWAY' && 'shelf';
  app = await smallApi([NotesController], { isUnreachable, anyPageMayRead: true }, { LOG_LEVEL: 'info' }, (line) =>
    log.push(JSON.parse(line)),
  );
  port = (app.getHttpServer().address() as AddressInfo).port;
});
beforeEach(() => {
  log = [];
});
afterAll(() => app.close());

const head = 'Host: a\r\nConnection: close\r\n\r\n';
const long = (length: number) => 'a'.repeat(length);

describe('what is no request', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a method that nobody knows', `FOO /notes HTTP/1.1\r\n${head}`, 501],
    ['CONNECT', `CONNECT a:443 HTTP/1.1\r\n${head}`, 501],
    ['UTF-8 in the address', `GET /notes?q=caf\xc3\xa9 HTTP/1.1\r\n${head}`, 400],
    ['a space in the address', `GET /no tes HTTP/1.1\r\n${head}`, 400],
    ['a fragment', `GET /notes#x HTTP/1.1\r\n${head}`, 400],
    ['the address of another host', `GET http://b/notes HTTP/1.1\r\n${head}`, 400],
    ['two slashes', `GET //b/notes HTTP/1.1\r\n${head}`, 400],
    ['an encoded letter', `GET /%6Eotes HTTP/1.1\r\n${head}`, 400],
    ['an address of 9 kB', `GET /${long(9_000)} HTTP/1.1\r\n${head}`, 414],
    ['an address of 40 kB', `GET /${long(40_000)} HTTP/1.1\r\n${head}`, 414],
    ['headers of 40 kB', `GET /notes HTTP/1.1\r\nX-Long: ${long(40_000)}\r\n${head}`, 431],
    ['no Host', 'GET /notes HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two Hosts', `GET /notes HTTP/1.1\r\nHost: b\r\n${head}`, 400],
    ['another version', `GET /notes HTTP/3.0\r\n${head}`, 505],
    ['an unknown transfer coding', `POST /notes HTTP/1.1\r\nTransfer-Encoding: lzw\r\n${head}`, 501],
    ['an expectation', `POST /notes HTTP/1.1\r\nExpect: a miracle\r\n${head}`, 417],
  ])('%s is refused with a problem, with the policies and with one line in the log', async (_what, text, status) => {
    const { headers, body, ...answer } = await askRaw(port, text);
    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    const requestId = headers['x-request-id']!;
    expect(requestId).toMatch(/^[\w-]{8,}$/);
    expect(JSON.parse(body)).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      detail: expect.any(String),
      status,
      instance: `urn:request:${requestId}`,
      requestId,
    });
    expect(log).toEqual([expect.objectContaining({ msg: 'request', status, requestId, problem: expect.any(String) })]);
    // An id is drawn at random, and may hold any of them.
    expect(JSON.stringify({ ...log[0], requestId: '' })).not.toMatch(/aaaa|notes#|caf/);
  });

  it('is 408 when it does not arrive in time', async () => {
    const server: Server = app.getHttpServer();
    const before = server.headersTimeout;
    server.headersTimeout = 100;
    const answer = await askRaw(port, 'GET /notes HTTP/1.1\r\nHost: a\r\n');
    server.headersTimeout = before;
    expect([answer.status, JSON.parse(answer.body).status]).toEqual([408, 408]);
    expect(log).toMatchObject([{ msg: 'request', status: 408 }]);
  });

  it('keeps the id that a proxy has given it', async () => {
    const id = 'X-Request-Id: of-the-proxy\r\n';
    for (const line of ['FOO / HTTP/1.1', 'GET /caf\xc3\xa9 HTTP/1.1', 'CONNECT a:1 HTTP/1.1']) {
      const { headers, body } = await askRaw(port, `${line}\r\n${id}${head}`);
      expect([headers['x-request-id'], JSON.parse(body).requestId]).toEqual(['of-the-proxy', 'of-the-proxy']);
    }
  });

  it('is told from what is one, in the oldest form too', async () => {
    expect(await askRaw(port, `GET /notes HTTP/1.1\r\n${head}`)).toMatchObject({ status: 200, body: '["milk"]' });
    expect(await askRaw(port, 'GET /notes HTTP/1.0\r\n\r\n')).toMatchObject({ status: 200, body: '["milk"]' });
  });
});

describe('the log', () => {
  it('has one line for a part that is away, with the reason and without a stack', async () => {
    expect((await askRaw(port, `GET /notes/away?at=42.5565 HTTP/1.1\r\n${head}`)).status).toBe(503);
    expect(log).toMatchObject([
      { path: '/notes/away', status: 503, problem: 'unavailable', cause: 'connect ECONNREFUSED' },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/stack|42\.5565/);
  });

  it('has the stack of a mistake of ours', async () => {
    expect((await askRaw(port, `GET /notes/broken?at=42.5565 HTTP/1.1\r\n${head}`)).status).toBe(500);
    expect(log).toMatchObject([{ err: { message: 'on purpose', stack: expect.any(String) } }, { status: 500 }]);
    expect(JSON.stringify(log)).not.toContain('42.5565');
  });
});
