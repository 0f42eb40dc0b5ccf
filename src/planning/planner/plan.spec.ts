import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, at, randomNetwork } from '../../../test/networks.js';
import { headOf, isWalkable, tailOf } from '../network/area.js';
import { buildNetwork, drawGrid } from '../network/build-network.js';
import { distanceMeters } from '../network/geodesy.js';
import { encodeLoopId } from './loop-id.js';
import { type Loop, type LoopRequest, plainRequest } from './loop-request.js';
import { planLoops } from './plan.js';
import { rebuildLoop } from './rebuild.js';
import { CANCELLED, Cancelled, neverStop, OUT_OF_TIME } from './stop.js';

const request = ({ lengthMeters, ...more }: Partial<LoopRequest> & { lengthMeters: number }): LoopRequest =>
  plainRequest(lengthMeters, more);

const measured = (loop: Loop): number => {
  let meters = 0;
  for (let i = 0; i + 3 < loop.coordinates.length; i += 3) {
    const [lon, lat, , lonNext, latNext] = loop.coordinates.subarray(i, i + 5);
    meters += distanceMeters({ lon, lat }, { lon: lonNext, lat: latNext });
  }
  return meters;
};

test('every loop, on any network, is a closed walk from its start over ways that may be walked, as long as it says', () => {
  fc.assert(
    fc.property(
      randomNetwork({ maxJunctions: 25, maxSegments: 50, oneWays: true }),
      fc.oneof(fc.integer({ min: 300, max: 12_000 }), fc.integer({ min: 12_000, max: 60_000 })),
      fc.nat(5),
      fc.option(fc.integer({ min: 1, max: 6 })),
      (network, lengthMeters, seed, maxDifficulty) => {
        const area = areaOf(network);
        const asked = request({ lengthMeters, seed, maxDifficulty });
        const { loops, miss } = planLoops(area, 0, asked, neverStop());
        expect(miss === null).toBe(loops.length > 0);
        for (const loop of loops) {
          const halves = [...loop.steps];
          expect(tailOf(area, halves[0])).toBe(0);
          const ends = halves.map((half) => headOf(area, half));
          expect([ends[ends.length - 1], ...ends.slice(0, -1)]).toEqual(halves.map((half) => tailOf(area, half)));
          expect(halves.every((half) => isWalkable(area, half))).toBe(true);
          const length = halves.reduce((sum, half) => sum + area.lengthMeters[half >> 1], 0);
          expect(loop.lengthMeters).toBeCloseTo(length, 6);
          expect(measured(loop)).toBeCloseTo(length, 0);
          expect(Math.abs(length / lengthMeters - 1)).toBeLessThanOrEqual(0.1);
          if (maxDifficulty !== null) expect(loop.difficulty).toBeLessThanOrEqual(maxDifficulty);
          const id = encodeLoopId(loop, asked, null);
          const rebuilt = rebuildLoop(area, id)!;
          expect({ ...rebuilt, score: 0 }).toEqual({ ...loop, score: 0 });
          expect(encodeLoopId(rebuilt, asked, null)).toBe(id);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('alternatives share less than half their length', () => {
  const area = areaOf(drawGrid(25, 25, 250));
  const { loops } = planLoops(area, 312, request({ lengthMeters: 9_000, count: 6 }), neverStop());
  expect(loops.length).toBe(6);
  for (const one of loops) {
    const own = new Set([...one.steps].map((half) => half >> 1));
    for (const other of loops) {
      if (one === other) continue;
      const both = [...other.steps].filter((half) => own.has(half >> 1));
      const shared = both.reduce((sum, half) => sum + area.lengthMeters[half >> 1], 0);
      expect(shared / Math.min(one.lengthMeters, other.lengthMeters)).toBeLessThan(0.5);
    }
  }
});

test('the same request gives the same loops, another seed gives others', () => {
  const area = areaOf(drawGrid(25, 25, 250));
  const ids = (seed: number) =>
    planLoops(area, 312, request({ lengthMeters: 9_000, seed }), neverStop()).loops.map((loop) => [...loop.steps]);
  expect(ids(1)).toEqual(ids(1));
  expect(ids(1)).not.toEqual(ids(2));
});

test('a cancelled plan throws, and leaves nothing behind that would change the next', () => {
  const area = areaOf(drawGrid(25, 25, 250));
  const asked = request({ lengthMeters: 9_000 });
  const before = planLoops(area, 312, asked, neverStop());
  expect(() => planLoops(area, 312, asked, new Int32Array([CANCELLED]))).toThrow(Cancelled);
  expect(planLoops(area, 312, asked, neverStop())).toEqual(before);
});

test('a plan cut short by the clock says so', () => {
  const area = areaOf(drawGrid(25, 25, 250));
  const plan = planLoops(area, 312, request({ lengthMeters: 9_000 }), new Int32Array([OUT_OF_TIME]));
  expect(plan.truncated).toBe(true);
});

const circle = (center: [number, number], radius: number, count: number): [number, number, number?][] =>
  Array.from({ length: count }, (_, i) =>
    at(
      center[0] + radius * Math.sin((2 * Math.PI * i) / count),
      center[1] - radius * Math.cos((2 * Math.PI * i) / count),
      1000,
    ),
  );

test('a loop that is one segment is found, with the way there walked out and back', () => {
  const ring = circle([0, 600], 500, 40);
  const network = buildNetwork(
    [at(0, 0, 1000), ring[0]],
    [
      { from: 0, to: 1 },
      { from: 1, to: 1, between: ring.slice(1) },
    ],
  );
  const length = 2 * network.lengthMeters[0] + network.lengthMeters[1];
  const { loops } = planLoops(areaOf(network), 0, request({ lengthMeters: length }), neverStop());
  expect(loops).toHaveLength(1);
  expect(loops[0].lengthMeters).toBeCloseTo(length, 6);
  expect(loops[0].approachMeters).toBeCloseTo(2 * network.lengthMeters[0], 6);
  expect(loops[0].overlapMeters).toBeLessThan(25);
});

test('one-way stretches are walked the right way round', () => {
  const network = buildNetwork(
    [at(0, 0), at(1000, 0), at(1000, 1000), at(0, 1000)],
    [0, 1, 2, 3].map((from) => ({ from, to: (from + 1) % 4, walkable: from === 2 ? 2 : 3 })),
  );
  const { loops } = planLoops(areaOf(network), 0, request({ lengthMeters: 4_000 }), neverStop());
  expect([...loops[0].steps]).toEqual([7, 5, 3, 1]);
  expect(loops[0].warnings.map(({ code }) => code)).toContain('one-way');
});
