import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { joinRings } from './join-rings.js';
import { polygonsOf, type Ring } from './rings.js';

const square = (west: number, south: number, side: number): Ring => ({
  lonE7: Int32Array.of(west, west + side, west + side, west, west),
  latE7: Int32Array.of(south, south, south + side, south + side, south),
});

describe('lines that are joined', () => {
  test('are the rings they were cut from, in whatever order and direction they come', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(cuts, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), fc.nat(), (at, turned, seed) => {
        const ring = [...Array.from({ length: 20 }, (_, i) => 100 + i), 100];
        const ends = [0, ...at.toSorted((a, b) => a - b), 20];
        const pieces = ends.slice(1).map((end, i) => {
          const piece = ring.slice(ends[i], end + 1);
          return turned[i] ? piece.toReversed() : piece;
        });
        const first = seed % pieces.length;
        const [joined, ...others] = joinRings([...pieces.slice(first), ...pieces.slice(0, first)]);
        expect(others).toEqual([]);
        expect(joined![0]).toBe(joined!.at(-1));
        expect(joined!.slice(1).toSorted()).toEqual(ring.slice(1).toSorted());
        // Neighbours in the ring are neighbours still.
        for (let i = 1; i < joined!.length; i++) {
          expect([1, 19]).toContain(Math.abs(joined![i]! - joined![i - 1]!));
        }
      }),
    );
  });

  test('that do not close are left out, and keep no other ring from closing', () => {
    expect(
      joinRings([
        [1, 2, 3],
        [3, 4],
        [7, 8],
        [9, 7],
        [8, 9],
      ]),
    ).toEqual([[7, 8, 9, 7]]);
  });

  test('may close by themselves', () => {
    expect(joinRings([[1, 2, 3, 1], [4, 5, 4], [6]])).toEqual([[1, 2, 3, 1]]);
  });
});

describe('rings that are put together', () => {
  test('give each hole to the smallest ring around it, and a hole in nothing to none', () => {
    const [large, small, hole, lost] = [square(0, 0, 100), square(10, 10, 40), square(20, 20, 5), square(500, 0, 5)];
    const polygons = polygonsOf([large, small], [hole, lost]);
    expect(polygons).toHaveLength(2);
    expect(polygons.find(([outer]) => outer === small)).toEqual([small, hole]);
    expect(polygons.find(([outer]) => outer === large)).toEqual([large]);
  });
});
