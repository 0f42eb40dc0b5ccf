import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  at,
  boxOf,
  distances,
  lineOf,
  metersBetween,
  moved,
  nearestOn,
  type Position,
  roundBelow,
} from './geometry.js';

test('a loop on one side of the antimeridian is drawn as it comes', () => {
  const coordinates = [
    [1.5, 42.5, 1000],
    [1.6, 42.6, 1100],
  ];
  expect(lineOf({ type: 'LineString', coordinates })).toEqual(coordinates);
});

test('a loop cut at the antimeridian is drawn in one piece beside its neighbours, whichever side they begin on', () => {
  const coordinates = [
    [
      [179.99, -17],
      [180, -16.99],
    ],
    [
      [-180, -16.99],
      [-179.99, -17],
    ],
  ];
  for (const near of [179.98, -179.98]) {
    const line = lineOf({ type: 'MultiLineString', coordinates }, near);
    expect(distances(line).at(-1)).toBeLessThan(3_200);
    const [west, , east] = boxOf(line);
    expect(east - west).toBeCloseTo(0.02, 6);
    expect(Math.abs(line[0]![0]! - near)).toBeLessThan(1);
  }
});

const position: fc.Arbitrary<Position> = fc.tuple(
  fc.integer({ min: 0, max: 1_000 }).map((n) => 1.5 + n / 1e4),
  fc.integer({ min: 0, max: 1_000 }).map((n) => 42.5 + n / 1e4),
  fc.integer({ min: 500, max: 3_000 }),
);
const line = fc.array(position, { minLength: 2, maxLength: 30 });

test('a point asked for along a line lies on the line, as far along as asked', () => {
  fc.assert(
    fc.property(line, fc.double({ min: 0, max: 1, noNaN: true }), (points, share) => {
      const along = distances(points);
      fc.pre(along.at(-1)! > 10);
      const found = at(points, along, along.at(-1)! * share);
      expect(nearestOn(points, along, found).off).toBeLessThan(1);
      expect(found).toHaveLength(3);
    }),
  );
});

test('a point moved by metres is that far away', () => {
  expect(metersBetween([1.5, 42.5], moved([1.5, 42.5], 50, 0))).toBeCloseTo(50, 1);
  expect(metersBetween([1.5, 42.5], moved([1.5, 42.5], 0, -50))).toBeCloseTo(50, 1);
});

test('a step of an axis is 1, 2 or 5 of a power of ten, and not above what there is room for', () => {
  expect([0.7, 1, 3, 49, 50, 1234].map(roundBelow)).toEqual([0.5, 1, 2, 20, 50, 1000]);
});
