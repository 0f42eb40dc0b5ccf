import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HeightGrid } from './grid.js';
import { isolines } from './isolines.js';

function gridOf(side: number, heightAt: (x: number, y: number) => number): HeightGrid {
  return {
    side,
    meters: Float32Array.from({ length: side * side }, (_, i) => heightAt(i % side, Math.floor(i / side))),
  };
}

const isClosed = ({ x, y }: { x: number[]; y: number[] }): boolean => x[0] === x.at(-1) && y[0] === y.at(-1);

describe('lines of equal height', () => {
  test('of a cone are closed circles around its top', () => {
    const [top, slope] = [1_010, 12];
    const lines = isolines(
      gridOf(81, (x, y) => top - slope * Math.hypot(x - 40, y - 40)),
      100,
    );
    const inside = lines.filter(({ meters }) => meters >= 600);
    expect(inside.map(({ meters }) => meters)).toEqual([600, 700, 800, 900, 1_000]);
    for (const line of inside) {
      expect(isClosed(line)).toBe(true);
      for (const [i, x] of line.x.entries()) {
        expect(Math.hypot(x - 40, line.y[i]! - 40)).toBeCloseTo((top - line.meters) / slope, 0);
      }
    }
  });

  test('of a plane are straight, from edge to edge, where the plane has their height', () => {
    const lines = isolines(
      gridOf(40, (x, y) => 10 * x + 5 * y),
      100,
    );
    expect(lines.length).toBe(5);
    for (const { meters, x, y } of lines) {
      for (const [i, at] of x.entries()) expect(10 * at + 5 * y[i]!).toBeCloseTo(meters, 3);
      for (const end of [0, x.length - 1]) {
        expect([x[end], y[end]].some((value) => value === 0 || value === 39)).toBe(true);
      }
    }
  });

  test('close or end at the edge, whatever the ground, and lie between the heights around them', () => {
    const ground = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 49, maxLength: 49 });
    fc.assert(
      fc.property(ground, (heights) => {
        const grid = gridOf(7, (x, y) => heights[y * 7 + x]!);
        for (const line of isolines(grid, 10)) {
          const onEdge = (i: number): boolean => [line.x[i], line.y[i]].some((value) => value === 0 || value === 6);
          expect(isClosed(line) || (onEdge(0) && onEdge(line.x.length - 1))).toBe(true);
          for (const [i, x] of line.x.entries()) {
            const y = line.y[i]!;
            const [a, b] = [
              grid.meters[Math.floor(y) * 7 + Math.floor(x)]!,
              grid.meters[Math.ceil(y) * 7 + Math.ceil(x)]!,
            ];
            expect(line.meters).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-3);
            expect(line.meters).toBeLessThanOrEqual(Math.max(a, b) + 1e-3);
          }
        }
      }),
    );
  });

  test('have what is high on their left, and keep off where nobody knows a height', () => {
    const half = gridOf(9, (x, y) => (y > 4 ? Number.NaN : 10 * x));
    const [line] = isolines(half, 35);
    expect(Math.max(...line!.y)).toBeLessThanOrEqual(4);
    // Southwards with the high east on the left, as rows count downwards.
    expect(line!.y.at(-1)! > line!.y[0]!).toBe(true);
  });
});
