import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { targetFault } from './target.js';

const status = (url: string) => targetFault(url)?.type.status ?? 200;

describe('a target', () => {
  it.each([
    '/',
    '*',
    '/v1/loops',
    '/v1/loops/',
    '/v1/loops.gpx?near=Ordino&length=8km',
    '/v1/loops?',
    '/v1/places?q=Sant%20Juli%C3%A0&x=a+b',
    '/v1/places?q=a/../b//c',
    '/notes/caf%C3%A9/a%20b',
    "/a:b@c;d=e,f!$&'()*+",
    '/.well-known/x',
    '/a..b/...',
  ])('%s is in its one spelling', (url) => expect(targetFault(url)).toBeNull());

  it.each([
    '/v1/loops#x',
    '/v1/loops?near=Ordino#&x=y',
    '//evil.example/x',
    '/v1//loops',
    '/v1/loops//',
    '/v1/./loops',
    '/v1/../loops',
    '/v1/loops/..',
    '/v1/%2E%2E/loops',
    '/v1/loops%2Egpx',
    '/v1/%72egions',
    '/v1%2Floops',
    '/v1%2floops',
    '/v1%5Cloops',
    '/caf%c3%a9',
    '/a%00b',
    '/a%0Ab',
    '/a%7Fb',
    '/a%',
    '/a%4',
    '/%E9',
    '/a\\b',
    '/a"b',
    '/a<b',
    'http://example.org/v1/regions',
    'v1/regions',
    '',
  ])('%j is refused', (url) => expect(status(url)).toBe(400));

  it('names the parameter that is no UTF-8', () => {
    for (const [url, parameter] of [
      ['/v1/places?q=%E0%A4%A', 'q'],
      ['/v1/places?count=3&q=%E9', 'q'],
      ['/v1/places?%FF=3', '%FF'],
      ['/v1/places?q=100%', 'q'],
    ])
      expect(targetFault(url!)?.members.errors).toMatchObject([{ parameter }]);
  });

  it('is too long with more than 8 kB', () => {
    expect(status(`/${'a'.repeat(8_191)}`)).toBe(200);
    expect(status(`/${'a'.repeat(8_192)}`)).toBe(414);
  });
});

/** A path, spelt by each of its characters in one of several ways. */
const spelling = (path: string) =>
  fc
    .tuple(
      ...[...path].map((letter) => fc.constantFrom(letter, letter, letter, hex(letter), hex(letter).toLowerCase())),
    )
    .map((letters) => letters.join(''));
const hex = (letter: string) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;

it('has one spelling that passes, of all that decode to the same path', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom('/v1/loops.gpx', '/v1/regions', '/docs')
        .chain((path) => fc.tuple(fc.constant(path), spelling(path))),
      ([path, spelt]) => {
        expect(decodeURIComponent(spelt)).toBe(path);
        expect(status(spelt)).toBe(spelt === path ? 200 : 400);
      },
    ),
  );
});
