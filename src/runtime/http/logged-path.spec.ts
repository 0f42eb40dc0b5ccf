import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loggedPath } from './logged-path.js';

it.each([
  ['/', '/'],
  ['/v1/loops?near=42.5,1.5&length=8km', '/v1/loops'],
  ['/v1/loops.gpx', '/v1/loops.gpx'],
  ['/v1/loops/', '/v1/loops/'],
  ['/problems/deadline-exceeded', '/problems/deadline-exceeded'],
  ['/v1/loops/AgNzNTH0uaSnBeG71Y0FAIDxBA', '/v1/loops/…'],
  ['/v1/loops/AgNzNTH0uaSnBeG71Y0FAIDxBA.gpx', '/v1/loops/…'],
  ['/notes/7/lines', '/notes/…'],
  ['/map/tiles/12/2064/1502', '/map/tiles/…'],
  ['/notes/a123456', '/notes/…'],
  ['/v1/loops#42.5', '/v1/…'],
  ['/v1/loops%3Fnear=42.5', '/v1/…'],
  ['//42.5565,1.5332', '/…'],
  ['/around/42.55/1.53', '/around/…'],
  ['/45.12345', '/…'],
  ['near=42.5565', '/…'],
  ['*', '/…'],
  ['', ''],
])('of %j a log says %j', (url, path) => expect(loggedPath(url)).toBe(path));

it('never says what stands behind the question mark, nor a run of four digits', () => {
  const anyUrl = fc.tuple(fc.webPath(), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9]{4,9}$/));
  fc.assert(
    fc.property(anyUrl, ([path, text, digits]) => {
      for (const url of [
        `${path}?${text}${digits}`,
        `${path}${digits}`,
        `${path}/${digits}${text}`,
        `/${text}/${digits}`,
      ])
        expect(loggedPath(url)).not.toMatch(/[0-9]{4}|\?/);
    }),
  );
});

it('is the same rule as nginx has', () => {
  const snippet = readFileSync(new URL('../../../nginx/snippets/access-log.conf', import.meta.url), 'utf8');
  const rule = /"~(\^\(\?<known>.*)" /.exec(snippet)?.[1];
  // One regular expression for the whole, one for the beginning: both around the same words.
  expect(rule).toContain('(?:/(?![0-9]|[^/]*(?:[0-9]{4}|[0-9][.][0-9]))[a-z0-9._~-]{0,40}(?![^/]))+');
});
