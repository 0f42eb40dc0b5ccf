import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Place, readAddress, writeAddress } from './address.js';
import { ASCENT_MAX, DAYS_MAX, DEFAULT_WISH, DIRECTIONS, DRIVE_MAX, type Start } from './wish/wish.js';

const read = (address: string): Place => {
  const { search, hash } = new URL(address, 'http://page.test/');
  return readAddress({ search, hash });
};

const degrees = (most: number) => fc.integer({ min: -most * 1e5, max: most * 1e5 }).map((n) => n / 1e5);
const point = { lat: degrees(90), lon: degrees(180), name: fc.option(fc.string({ minLength: 1 }), { nil: null }) };
const start: fc.Arbitrary<Start | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('point' as const), ...point }),
  fc.record({ kind: fc.constant('trailhead' as const), id: fc.constantFrom('w12', 'n9', 's51'), ...point }),
);
const climb = fc.tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 25 }));
const place = fc
  .record({
    start,
    climb,
    lengthKm: fc.integer({ min: 1, max: 400 }).map((halves) => halves / 2),
    difficulty: fc.integer({ min: 1, max: 6 }),
    direction: fc.constantFrom(null, ...DIRECTIONS),
    drive: fc.integer({ min: 0, max: DRIVE_MAX }),
    days: fc.integer({ min: 1, max: DAYS_MAX }),
    seed: fc.nat(1_000),
    loop: fc.option(fc.stringMatching(/^[\w-]{40,90}$/), { nil: null }),
    view: fc.option(
      fc.record({ zoom: fc.integer({ min: 600, max: 1800 }).map((n) => n / 100), lat: degrees(84), lon: degrees(180) }),
      { nil: null },
    ),
  })
  .map(({ climb, loop, view, ...wish }): Place => {
    const [minAscent, maxAscent] = climb.map((n) => n * 100).sort((a, b) => a - b) as [number, number];
    return { wish: { ...wish, minAscent, maxAscent }, loop, view };
  });

describe('the address of the page', () => {
  test('gives back the wish, the chosen loop and the view that were written into it', () => {
    fc.assert(
      fc.property(place, (one) => {
        const back = read(writeAddress(one));
        expect({ ...back, view: back.view }).toEqual({
          ...one,
          // 180 east is 180 east: minus zero is no other place.
          wish: {
            ...one.wish,
            start: one.wish.start && { ...one.wish.start, lat: one.wish.start.lat + 0, lon: one.wish.start.lon + 0 },
          },
        });
      }),
    );
  });

  test('is bare for a newcomer', () => {
    expect(writeAddress({ wish: DEFAULT_WISH, loop: null, view: null })).toBe('');
  });

  test('opens the page whatever it holds', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), fc.string(), (search, hash) => {
        const { wish, view } = readAddress({ search: `?${search}`, hash: `#map=${hash}` });
        expect(wish.lengthKm).toBeGreaterThan(0);
        expect(wish.maxAscent).toBeGreaterThanOrEqual(wish.minAscent);
        expect(wish.maxAscent).toBeLessThanOrEqual(ASCENT_MAX);
        expect(view === null || Number.isFinite(view.zoom)).toBe(true);
      }),
    );
    expect(read('/?start=91,0&length=long&days=-3&direction=up').wish).toEqual(DEFAULT_WISH);
  });

  test('of a start that is no point of the earth names none', () => {
    for (const bad of ['', '1', '1,x', 'NaN,1', '95,1', '1,999']) expect(read(`/?start=${bad}`).wish.start).toBeNull();
  });
});
