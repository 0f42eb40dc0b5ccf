import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { askRaw } from './support/raw.js';
import { type RunningApp, startApp } from './support/start-app.js';

let running: RunningApp;
let port: number;
beforeAll(async () => {
  running = await startApp([sampleRegion()]);
  port = (running.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => running.stop());

const ask = (target: string, more = '') =>
  askRaw(port, `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${more}\r\n`);

const hex = (letter: string) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
/** A text in one of the many ways to write it in a query. */
const written = (text: string) =>
  fc
    .tuple(
      ...[...text].map((letter) =>
        fc.constantFrom(letter === ' ' ? '+' : letter, hex(letter), hex(letter).toUpperCase()),
      ),
    )
    .map((letters) => letters.join(''));

describe('an answer depends on what is asked, and not on how it is spelt', () => {
  const question = { near: 'Alderby', drive: '10km', length: '8km', count: '1' };

  test('in the query', async () => {
    const plain = await ask(`/v1/loops?${new URLSearchParams(question)}`);
    expect(plain.status).toBe(200);
    const pairs = Object.entries(question).map(([name, value]) =>
      fc.tuple(written(name), written(value)).map((pair) => pair.join('=')),
    );
    const spelt = fc
      .tuple(fc.tuple(...pairs), fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }))
      .map(([parts, order]) => parts.map((part, i) => [order[i]!, part] as const).sort((a, b) => a[0] - b[0]))
      .map((parts) => parts.map(([, part]) => part).join('&'));
    await fc.assert(
      fc.asyncProperty(spelt, async (query) => {
        const answer = await ask(`/v1/loops?${query}`);
        expect([answer.status, answer.headers.etag]).toEqual([200, plain.headers.etag]);
        expect(answer.body).toBe(plain.body);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test('and leads to itself', async () => {
    const { body } = await ask('/v1/loops?length=5.0mi&count=01&near=+Alderby+&drive=10+KM&seed=0');
    const { links } = JSON.parse(body) as { links: { self: string; gpx: string } };
    expect(links).toEqual({
      self: '/v1/loops?near=Alderby&drive=10km&length=8.0467km&count=1',
      gpx: '/v1/loops.gpx?near=Alderby&drive=10km&length=8.0467km&count=1',
    });
    expect((await ask(links.self)).body).toBe(body);
  });

  test.each([
    ['a fragment', '/v1/loops?near=Alderby&length=8km#&evil=<b>owned</b>', 400],
    ['a fragment alone', '/v1/regions#owned', 400],
    ['an encoded dot', '/v1/loops%2Egpx?near=Alderby&length=8km', 400],
    ['an encoded letter', '/v1/%72egions', 400],
    ['an encoded slash', '/v1%2Fregions', 400],
    ['an encoded question mark', '/v1/regions%3Fx=owned', 404],
    ['two slashes', '//v1/regions', 400],
    ['a step back', '/v1/x/../regions', 400],
    ['capitals', '/V1/Regions', 404],
    ['a slash at the end', '/v1/regions/', 404],
    ['broken UTF-8', '/v1/places?q=%E0%A4%A', 400],
    ['a parameter that is none', '/v1/regions?utm_source=owned', 400],
    ['a parameter that is none, of one loop', '/v1/loops/AgNz?utm_source=owned', 400],
  ])('%s is refused, and no cache may keep that', async (_what, target, status) => {
    const answer = await ask(target);
    expect([answer.status, answer.headers['cache-control']]).toEqual([status, 'no-store']);
    const { instance } = JSON.parse(answer.body) as { instance: string };
    expect(instance).toMatch(/^(urn:request:[\w-]+|\/(?!\/).*)$/);
  });

  test('the page of one loop refuses what it is not asked by its name', async () => {
    const { body } = await ask('/v1/loops/AgNz?utm_source=owned');
    expect(JSON.parse(body).errors).toMatchObject([{ parameter: 'utm_source' }]);
  });
});

test('a condition for a change is never met, and "whatever there is" always', async () => {
  for (const header of ['If-Match: "x"', 'If-Match: W/"x"', 'If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT']) {
    const { status, body } = await ask('/v1/regions', `${header}\r\n`);
    expect([header, status, JSON.parse(body).type]).toEqual([header, 412, '/problems/precondition-failed']);
  }
  expect((await ask('/v1/regions', 'If-Match: *\r\n')).status).toBe(200);
});

test.each([
  '/',
  '/docs',
  '/problems',
  '/problems/overloaded',
  '/openapi.json',
  '/v1/regions',
  '/v1/places?q=a',
  '/nothing',
  '/livez',
  '/v1/loops',
])('%s carries the policies', async (target) => {
  const { headers } = await ask(target);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});
