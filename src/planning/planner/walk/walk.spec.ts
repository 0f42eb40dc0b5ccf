import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { climbOf } from './walk.js';

/** Points 0.001° apart to the east with these heights; closed, the first one is put at the end again. */
const line = (heights: number[], closed = false): Float64Array =>
  Float64Array.from(
    [...heights, ...(closed ? [heights[0]!] : [])].flatMap((height, i) => [(i % heights.length) / 1000, 0, height]),
  );

describe('climb', () => {
  test('of a closed walk is as much up as down, wherever it begins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 3, maxLength: 40 }),
        fc.nat(39),
        (heights, turn) => {
          const { ascentMeters, descentMeters } = climbOf(line(heights, true));
          expect(ascentMeters).toBe(descentMeters);
          const begin = turn % heights.length;
          expect(climbOf(line([...heights.slice(begin), ...heights.slice(0, begin)], true)).ascentMeters).toBe(
            ascentMeters,
          );
        },
      ),
    );
  });

  test('from a slope counts the last rise, though it is less than 10 m', () => {
    expect(climbOf(line([1005, 1100, 1000], true))).toMatchObject({ ascentMeters: 100, descentMeters: 100 });
  });

  test('where heights are missing is a bound, with the metres that it does not know', () => {
    const climb = climbOf(line([1000, 1050, Number.NaN, 1200, 1300]));
    expect(climb).toMatchObject({ ascentMeters: 150, descentMeters: 0 });
    expect(climb.unknownMeters).toBeCloseTo(222.4, 0);
  });

  test('without any height is nothing that is known', () => {
    const climb = climbOf(line([Number.NaN, Number.NaN, Number.NaN], true));
    expect(climb).toMatchObject({ ascentMeters: 0, descentMeters: 0 });
    expect(climb.unknownMeters).toBeCloseTo(444.8, 0);
  });
});
