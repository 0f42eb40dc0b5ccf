import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, readSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DownloadLimits, download } from './download.js';

const body = Buffer.alloc(100_000, 'hills ');
const md5 = createHash('md5').update(body).digest('hex');

let server: Server;
let serve: RequestListener;
let address: string;
beforeAll(async () => {
  server = createServer((request, response) => serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}/hills.osm.pbf`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const get = (limits: Partial<DownloadLimits> = {}, url = `http://${address}`) => {
  const sizes: (number | null)[] = [];
  const all = { maxBytes: 1e6, stalledMs: 60_000, signal: new AbortController().signal, ...limits };
  return {
    sizes,
    result: download(
      url,
      all,
      (size) => sizes.push(size),
      () => {},
    ),
  };
};
/** Serves the body, and a checksum beside it. */
const withChecksum =
  (checksum: string): RequestListener =>
  ({ url }, response) => {
    if (url!.endsWith('.md5')) response.end(checksum);
    else response.setHeader('content-length', body.length).end(body);
  };

describe('a download', () => {
  test.each([
    [`${md5}  hills.osm.pbf\n`, true],
    [md5.toUpperCase(), true],
    ['<!doctype html>not found, says a server that always finds something', false],
    ['z'.repeat(10_000), false],
  ])('beside which there is the checksum %s is there, and checked: %s', async (checksum, checked) => {
    serve = withChecksum(checksum);
    const { sizes, result } = get();
    const { fd, ...found } = await result;
    const bytes = Buffer.alloc(body.length);
    expect([readSync(fd, bytes, 0, body.length, 0), bytes.equals(body)]).toEqual([body.length, true]);
    closeSync(fd);
    expect([found.checked, sizes]).toEqual([checked, [body.length]]);
  });

  test('that is not what its checksum says is refused', async () => {
    serve = withChecksum(`${'0'.repeat(32)}  hills.osm.pbf`);
    await expect(get().result).rejects.toThrow(/hills\.osm\.pbf is not what its checksum says/);
  });

  test('tells the server who asks, and nobody else', async () => {
    const told: (string | undefined)[] = [];
    serve = ({ headers }, response) => {
      told.push(headers.authorization);
      response.writeHead(403, 'No, no').end();
    };
    const failure = await get({}, `http://me:hunter2@${address}`).result.catch((error: Error) => error.message);
    expect(told).toEqual([`Basic ${Buffer.from('me:hunter2').toString('base64')}`]);
    expect(failure).toBe(`http://${address} answered 403 No, no`);
  });

  test.each<[string, RequestListener, RegExp]>([
    [
      'announces',
      (_, response) => void response.setHeader('content-length', body.length).end(body),
      /has 100 kB, more than 50 kB: --max-download allows more$/,
    ],
    [
      'sends without announcing it',
      (_, response) => void response.write(body),
      /sends more than 50 kB: --max-download allows more$/,
    ],
  ])('from a server that %s more than is allowed is refused', async (_, listener, line) => {
    serve = listener;
    await expect(get({ maxBytes: 50_000 }).result).rejects.toThrow(line);
  });

  test.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['falls silent', (_, response) => void response.write(body.subarray(0, 100))],
    [
      'drips',
      (_, response) => {
        const drip = setInterval(() => response.write('x'), 10);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('from a server that %s is given up', async (_, listener) => {
    serve = listener;
    await expect(get({ stalledMs: 200 }).result).rejects.toThrow(/has sent nothing, or next to nothing, for 0\.2 s$/);
  });

  test('that breaks off is told so, with how far it came', async () => {
    serve = (_, response) => {
      response.setHeader('content-length', body.length);
      response.write(body.subarray(0, 100));
      setImmediate(() => response.destroy());
    };
    await expect(get().result).rejects.toThrow(/^http:\/\/127\.0\.0\.1:\d+\/hills\.osm\.pbf broke off: /);
  });

  test('ends when it is told to', async () => {
    const controller = new AbortController();
    const asked = Promise.withResolvers<void>();
    serve = () => asked.resolve();
    const { result } = get({ signal: controller.signal });
    const ended = expect(result).rejects.toThrow('enough');
    await asked.promise;
    controller.abort(new Error('enough'));
    await ended;
  });
});
