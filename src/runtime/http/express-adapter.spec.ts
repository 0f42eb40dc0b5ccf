import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Get, HttpCode, type INestApplication, Module, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { etagOf, QuickExpressAdapter } from './express-adapter.js';

const JSON_TYPE = 'application/json; charset=utf-8';

@Controller()
class Answers {
  @Get('text')
  text(@Res({ passthrough: true }) response: Response) {
    response.setHeader('Content-Type', JSON_TYPE);
    return '{"by":"© mappers"}';
  }

  @Get('long')
  long(@Res({ passthrough: true }) response: Response) {
    response.setHeader('Content-Type', JSON_TYPE);
    return JSON.stringify('é'.repeat(10_000));
  }

  @Get('xml')
  xml(@Res({ passthrough: true }) response: Response) {
    response.type('application/gpx+xml');
    return '<gpx/>';
  }

  @Get('bytes')
  bytes(@Res({ passthrough: true }) response: Response) {
    response.setHeader('Content-Type', JSON_TYPE);
    response.setHeader('ETag', 'W/"own"');
    return Buffer.from('{"by":"© mappers"}');
  }

  @Get('page')
  page() {
    return '<p>a page</p>';
  }

  @Get('object')
  object() {
    return { an: 'object' };
  }

  @Get('nothing')
  nothing() {}

  @Get('other-status')
  @HttpCode(202)
  otherStatus(@Res({ passthrough: true }) response: Response) {
    response.setHeader('Content-Type', JSON_TYPE);
    return '"later"';
  }
}

@Module({ controllers: [Answers] })
class AnswersModule {}

const apps: INestApplication[] = [];
const portOf = (app: INestApplication) => (app.getHttpServer().address() as AddressInfo).port;

beforeAll(async () => {
  const plain = new ExpressAdapter();
  plain.set('etag', etagOf);
  for (const adapter of [plain, new QuickExpressAdapter()]) {
    const app = await NestFactory.create(AnswersModule, adapter, { logger: false });
    await app.listen(0, '127.0.0.1');
    apps.push(app);
  }
});
afterAll(() => Promise.all(apps.map((app) => app.close())));

async function ask(app: INestApplication, path: string, method: string, headers: Record<string, string>) {
  const asked = request({ port: portOf(app), path, method, headers, agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  const { date, ...rest } = response.headers;
  return { status: response.statusCode, headers: rest, body };
}

const paths = ['/text', '/long', '/xml', '/page', '/object', '/nothing', '/other-status', '/not-there'];
const conditions: [string, (etag: string) => Record<string, string>][] = [
  ['', () => ({})],
  [' with its own ETag', (etag) => ({ 'If-None-Match': etag })],
  [' with another ETag', () => ({ 'If-None-Match': 'W/"other"' })],
  [' with its ETag and no-cache', (etag) => ({ 'If-None-Match': etag, 'Cache-Control': 'no-cache' })],
  [' with a date', () => ({ 'If-Modified-Since': new Date().toUTCString() })],
];
const cases = paths.flatMap((path) =>
  ['GET', 'HEAD'].flatMap((method) => conditions.map(([name, headers]) => ({ method, path, name, headers }))),
);

it.each(cases)('answers $method $path$name as Nest’s own adapter does', async ({ method, path, headers }) => {
  const [plain, quick] = apps as [INestApplication, INestApplication];
  const { etag = '' } = (await ask(plain, path, 'GET', {})).headers;
  const wanted = await ask(plain, path, method, headers(etag));
  expect(await ask(quick, path, method, headers(etag))).toEqual(wanted);
});

it('gives each text its own ETag, whichever it was asked for before', async () => {
  const quick = apps[1]!;
  const etags: (string | undefined)[] = [];
  for (const path of ['/text', '/long', '/text', '/xml', '/text']) {
    etags.push((await ask(quick, path, 'GET', {})).headers.etag);
  }
  const [text, long, again, xml, last] = etags;
  expect([again, last]).toEqual([text, text]);
  expect(new Set([text, long, xml]).size).toBe(3);
});

it('sends bytes as they are, under the ETag that they were given', async () => {
  const [, quick] = apps;
  const first = await ask(quick!, '/bytes', 'GET', {});
  expect(first).toMatchObject({
    status: 200,
    body: '{"by":"© mappers"}',
    headers: { etag: 'W/"own"', 'content-type': JSON_TYPE, 'content-length': '19' },
  });
  expect(await ask(quick!, '/bytes', 'GET', { 'If-None-Match': 'W/"own"' })).toMatchObject({ status: 304, body: '' });
});
