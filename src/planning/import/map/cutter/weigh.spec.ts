import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineLength, ringArea, weigh } from './weigh.js';

const coordinate = fc.integer({ min: -10_000, max: 10_000 });
const line = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 80 });

function weighed(points: [number, number][]): { x: Int32Array; y: Int32Array; weight: Float32Array } {
  const x = Int32Array.from(points, ([at]) => at);
  const y = Int32Array.from(points, ([, at]) => at);
  const weight = new Float32Array(points.length);
  weigh(x, y, weight, 0, points.length);
  return { x, y, weight };
}

/** From a point to the stretch between two others. */
function distance([px, py]: number[], [ax, ay]: number[], [bx, by]: number[]): number {
  const [dx, dy] = [bx! - ax!, by! - ay!];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px! - ax!) * dx + (py! - ay!) * dy) / squared));
  return Math.hypot(px! - ax! - t * dx, py! - ay! - t * dy);
}

test('whatever is left out at a tolerance lies within it of the stretch that takes its place', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 5_000 }), (points, tolerance) => {
      const { weight } = weighed(points);
      const kept = [...points.keys()].filter((i) => weight[i]! >= tolerance ** 2);
      for (let k = 1; k < kept.length; k++) {
        const [from, to] = [kept[k - 1]!, kept[k]!];
        for (let i = from + 1; i < to; i++) {
          expect(distance(points[i]!, points[from]!, points[to]!)).toBeLessThanOrEqual(tolerance * 1.000_1);
        }
      }
    }),
  );
});

test('a higher tolerance keeps no point that a lower one leaves out, and both ends always stay', () => {
  fc.assert(
    fc.property(line, (points) => {
      const { weight } = weighed(points);
      expect([weight[0], weight.at(-1)]).toEqual([Infinity, Infinity]);
      expect(weight.every((value) => value >= 0)).toBe(true);
    }),
  );
});

test('points on a straight line weigh nothing, a corner what the line would be off by', () => {
  expect([
    ...weighed([
      [0, 0],
      [10, 0],
      [20, 0],
      [30, 0],
    ]).weight.subarray(1, 3),
  ]).toEqual([0, 0]);
  expect(
    weighed([
      [0, 0],
      [50, 30],
      [100, 0],
    ]).weight[1],
  ).toBe(900);
});

test('a line of more points than may be weighed at once keeps one in so many, and is weighed all the same', () => {
  const points = Array.from({ length: 10_000 }, (_, i): [number, number] => [i, 0]);
  const { weight } = weighed(points);
  expect(weight.filter((value) => value > 0).length).toBeLessThan(10);
});

test('areas are positive clockwise as seen, lengths are those of the stretches', () => {
  const [x, y] = [
    [0, 10, 10, 0, 0],
    [0, 0, 5, 5, 0],
  ];
  expect(ringArea(x, y, 0, 5)).toBe(50);
  expect(ringArea(x.toReversed(), y.toReversed(), 0, 5)).toBe(-50);
  expect(lineLength(x, y, 0, 5)).toBe(30);
});
