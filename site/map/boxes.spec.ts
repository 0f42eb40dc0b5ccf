import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apart, around, type Box, unrolled } from './boxes.js';

test('boxes that touch become one, and those that do not stay as they are', () => {
  expect(
    apart([
      [0, 0, 2, 2],
      [5, 5, 6, 6],
      [1, 1, 3, 3],
    ]),
  ).toEqual([
    [5, 5, 6, 6],
    [0, 0, 3, 3],
  ]);
  // The one around two may touch a third that neither did.
  expect(
    apart([
      [0, 0, 1, 10],
      [3, 4, 4, 5],
      [0, 9, 9, 10],
    ]),
  ).toEqual([[0, 0, 9, 10]]);
});

test('no two of what is left touch, and every box lies in one of them', () => {
  const box = fc
    .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.nat(20), fc.nat(20))
    .map(([w, s, width, height]): Box => [w, s, w + width, s + height]);
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 12 }), (boxes) => {
      const left = apart(boxes);
      for (const [i, [w, s, e, n]] of left.entries()) {
        for (const other of left.slice(i + 1)) {
          expect(other[0] <= e && other[2] >= w && other[1] <= n && other[3] >= s).toBe(false);
        }
      }
      for (const [w, s, e, n] of boxes) {
        expect(left.some((each) => each[0] <= w && each[1] <= s && each[2] >= e && each[3] >= n)).toBe(true);
      }
      expect(around(left)).toEqual(around(boxes));
    }),
  );
});

test('a box over the antimeridian goes on beyond it', () => {
  expect(unrolled([179, -18, -179, -16])).toEqual([179, -18, 181, -16]);
  expect(unrolled([1, 42, 2, 43])).toEqual([1, 42, 2, 43]);
});
