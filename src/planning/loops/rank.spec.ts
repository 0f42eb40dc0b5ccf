import { expect, test } from '@jest/globals';
import type { Loop } from '../planner/loop-request.js';
import { rankLoops } from './rank.js';

/** A square of one hundredth of a degree, so many hundredths to the east. */
function square(east: number, changes: Partial<Loop> = {}): { loop: Loop } {
  const corners = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ] as const;
  return {
    loop: {
      startJunction: 0,
      steps: new Uint32Array(),
      exits: [],
      coordinates: Float64Array.from(corners.flatMap(([x, y]) => [(east + x) / 100, y / 100, Number.NaN])),
      lengthMeters: 4448,
      ascentMeters: null,
      descentMeters: null,
      durationSeconds: 4000,
      ascentAtLeastMeters: 0,
      descentAtLeastMeters: 0,
      unknownHeightMeters: 0,
      ungradedMeters: 0,
      followed: null,
      overlapMeters: 0,
      approachMeters: 0,
      trailShare: 1,
      difficulty: 0,
      names: [],
      warnings: [],
      score: 0,
      ...changes,
    },
  };
}

test('loops come by score, and no more than asked for', async () => {
  const ranked = await rankLoops([square(0, { score: 3 }), square(10, { score: 1 }), square(20, { score: 2 })], 2);
  expect(ranked.map(({ loop }) => loop.score)).toEqual([1, 2]);
});

test('a loop that shares half of its length with a better one is left out, however it is walked', async () => {
  const better = square(0, { score: 1 });
  const backwards = square(0, { score: 2 });
  const points = [...backwards.loop.coordinates];
  const turned = Array.from({ length: points.length / 3 }, (_, i) => points.slice(i * 3, i * 3 + 3)).reverse();
  backwards.loop.coordinates = Float64Array.from(turned.flat());
  // One of four sides in common.
  const neighbour = square(1, { score: 3 });
  expect(await rankLoops([better, backwards, neighbour], 3)).toEqual([better, neighbour]);
});

test('a loop that leaves a better one only for a corner beyond the antimeridian is left out', async () => {
  const better = square(17_999, { score: 1 });
  const [sw, se, ne, nw] = [0, 3, 6, 9].map((i) => [...better.loop.coordinates.slice(i, i + 3)]);
  const corner = [-179.995, 0.005, Number.NaN];
  const other = square(0, {
    score: 2,
    coordinates: Float64Array.from([sw, se, corner, ne, nw, sw].flatMap((p) => p!)),
  });
  expect(await rankLoops([better, other], 3)).toEqual([better]);
});

test('an approach of more than a fifth puts a loop after all others and is told', async () => {
  const far = square(0, { score: 0, approachMeters: 1000 });
  const near = square(10, { score: 5, approachMeters: 800 });
  const [first, last] = await rankLoops([far, near], 2);
  expect(first).toBe(near);
  expect(last!.loop.warnings).toEqual([expect.objectContaining({ code: 'long-approach' })]);
  expect(near.loop.warnings).toEqual([]);
});

test('a warning that the planner gave already is not given twice', async () => {
  const warnings: Loop['warnings'] = [{ code: 'long-approach', detail: 'far' }];
  const [only] = await rankLoops([square(0, { approachMeters: 2000, warnings })], 1);
  expect(only!.loop.warnings).toEqual(warnings);
});
