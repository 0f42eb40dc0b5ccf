import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HALF_E7, ROUND_E7, rangesE7, spanE7, turnDegrees, turnE7, wrapE7 } from './longitude.js';

const longitude = fc.oneof(fc.integer({ min: -HALF_E7, max: HALF_E7 }), fc.constantFrom(HALF_E7, -HALF_E7, 0));
const same = (a: number, b: number): boolean => (a - b) % ROUND_E7 === 0;

test('a turn is the short way, and leads there', () => {
  expect(turnE7(1_799_000_000, -1_799_000_000)).toBe(2_000_000);
  expect(turnE7(-1_799_000_000, 1_799_000_000)).toBe(-2_000_000);
  expect(turnDegrees(179.5, -179.5)).toBe(1);
  expect(turnDegrees(-179.5, 179.5)).toBe(-1);
  expect(turnDegrees(-60, 60)).toBe(120);
  fc.assert(
    fc.property(longitude, longitude, (a, b) => {
      expect(Math.abs(turnE7(a, b))).toBeLessThanOrEqual(HALF_E7);
      expect(same(a + turnE7(a, b), b)).toBe(true);
    }),
  );
});

test('a longitude wrapped is the same meridian, once', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3 * ROUND_E7, max: 3 * ROUND_E7 }), (lon) => {
      expect(wrapE7(lon)).toBeGreaterThanOrEqual(-HALF_E7);
      expect(wrapE7(lon)).toBeLessThan(HALF_E7);
      expect(same(wrapE7(lon), lon)).toBe(true);
    }),
  );
});

describe('the span of some longitudes', () => {
  test.each([
    ['one alone', [15], 15, 15],
    ['either side of 0', [-15, 30], -15, 30],
    ['either side of the antimeridian', [1_790_000_000, -1_780_000_000, 1_799_000_000], 1_790_000_000, -1_780_000_000],
    ['up to 180 from the west', [1_790_000_000, HALF_E7], 1_790_000_000, HALF_E7],
    ['from 180, written as 180, to the east', [HALF_E7, -1_790_000_000], -HALF_E7, -1_790_000_000],
    ['up to 180, written as -180', [1_790_000_000, -HALF_E7], 1_790_000_000, HALF_E7],
    ['the antimeridian alone', [HALF_E7, HALF_E7], HALF_E7, HALF_E7],
  ])('%s', (_, lons, west, east) => {
    expect(spanE7(lons)).toEqual({ west, east });
  });

  test('holds them all, and its ranges find them all and nothing else', () => {
    fc.assert(
      fc.property(fc.array(longitude, { minLength: 1, maxLength: 6 }), longitude, (lons, other) => {
        const { west, east } = spanE7(lons);
        const isFound = (lon: number) => rangesE7(west, east).some(([from, to]) => lon >= from && lon <= to);
        const width = east < west ? east - west + ROUND_E7 : east - west;
        for (const lon of lons) expect(isFound(lon)).toBe(true);
        const steps = (other - west + 2 * ROUND_E7) % ROUND_E7;
        expect(isFound(other)).toBe(steps <= width);
      }),
    );
  });
});

test('ranges reach over the antimeridian both ways, and once round is all there is', () => {
  expect(rangesE7(-HALF_E7 - 5, -HALF_E7 + 5)).toEqual([
    [HALF_E7 - 5, HALF_E7],
    [-HALF_E7, -HALF_E7 + 5],
  ]);
  expect(rangesE7(HALF_E7 - 5, HALF_E7 + 5)).toEqual([
    [HALF_E7 - 5, HALF_E7],
    [-HALF_E7, -HALF_E7 + 5],
  ]);
  expect(rangesE7(-2 * HALF_E7, 2 * HALF_E7)).toEqual([[-HALF_E7, HALF_E7]]);
});
