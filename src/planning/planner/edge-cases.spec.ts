import { expect, test } from '@jest/globals';
import { areaOf, at } from '../../../test/networks.js';
import { buildNetwork, type DrawnSegment, drawGrid } from '../network/build-network.js';
import type { Network } from '../network/network.js';
import { type LoopRequest, type Plan, plainRequest } from './loop-request.js';
import { planLoops } from './plan.js';
import { neverStop } from './stop.js';

const plan = (network: Network, asked: Partial<LoopRequest> & { lengthMeters: number }, start = 0): Plan =>
  planLoops(areaOf(network), start, plainRequest(asked.lengthMeters, asked), neverStop());

const SQUARE = [at(0, 0, 1_000), at(1_000, 0, 1_000), at(1_000, 1_000, 1_000), at(0, 1_000, 1_000)];
const sides = (more: Partial<DrawnSegment> = {}): DrawnSegment[] =>
  [0, 1, 2, 3].map((from) => ({ from, to: (from + 1) % 4, ...more }));

test('an island of three segments in a row is refused as one', () => {
  const network = buildNetwork(
    [at(0, 0), at(500, 0), at(900, 300), at(900, 900)],
    [0, 1, 2].map((from) => ({ from, to: from + 1 })),
  );
  expect(plan(network, { lengthMeters: 3_000 }).miss).toMatchObject({ reason: 'island' });
});

test('an island of three segments round has its one loop, and nothing longer', () => {
  const network = buildNetwork(
    [at(0, 0), at(1_000, 0), at(500, 800)],
    [0, 1, 2].map((from) => ({ from, to: (from + 1) % 3 })),
  );
  const length = network.lengthMeters.reduce((sum, meters) => sum + meters, 0);
  expect(plan(network, { lengthMeters: length }).loops[0].steps).toHaveLength(3);
  const { loops, miss } = plan(network, { lengthMeters: 15_000 });
  expect(loops).toHaveLength(0);
  expect(miss).toMatchObject({ reason: 'too-small' });
  expect(miss!.nearest[0].lengthMeters).toBeCloseTo(length, 6);
});

test('a tree, however large, is an island', () => {
  const count = 200;
  const network = buildNetwork(
    Array.from({ length: count }, (_, i) => at(400 * Math.sin(i) * Math.sqrt(i), 400 * Math.cos(i) * Math.sqrt(i))),
    Array.from({ length: count - 1 }, (_, i) => ({ from: Math.floor(i / 2), to: i + 1 })),
  );
  expect(plan(network, { lengthMeters: 200_000 }).miss).toMatchObject({ reason: 'island' });
});

test('a ring that is one-way is walked that way; two one-ways that face each other make none', () => {
  const round = plan(buildNetwork(SQUARE, sides({ walkable: 2 })), { lengthMeters: 4_000 });
  expect([...round.loops[0].steps]).toEqual([7, 5, 3, 1]);
  const facing = sides().map((side, i) => ({ ...side, walkable: i === 1 ? 1 : i === 2 ? 2 : 3 }));
  expect(plan(buildNetwork(SQUARE, facing), { lengthMeters: 4_000 }).loops).toHaveLength(0);
});

test('ways that cross without a junction do not join', () => {
  // A figure of eight whose crossing is a bridge: the only loops are the whole of it and nothing of half the length.
  const network = buildNetwork(
    [at(0, 0), at(1_000, 1_000), at(1_000, 0), at(0, 1_000)],
    [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 3 },
      { from: 3, to: 0 },
    ],
  );
  const all = network.lengthMeters.reduce((sum, meters) => sum + meters, 0);
  expect(plan(network, { lengthMeters: all }).loops[0].steps).toHaveLength(4);
  expect(plan(network, { lengthMeters: all / 2 }).loops).toHaveLength(0);
});

test('duplicate segments make a loop that is all overlap, which is no good but no error', () => {
  const network = buildNetwork(
    [at(0, 0, 0), at(1_000, 0, 0)],
    [
      { from: 0, to: 1 },
      { from: 0, to: 1 },
    ],
  );
  const { loops } = plan(network, { lengthMeters: 2_000 });
  expect(loops[0].warnings.map(({ code }) => code)).toContain('overlap');
  expect(loops[0].overlapMeters).toBeGreaterThan(700);
});

test('segments of no length are walked over', () => {
  const [a, b, c, d] = SQUARE;
  const network = buildNetwork(
    [a, b, c, d, c],
    [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 4 },
      { from: 4, to: 3 },
      { from: 3, to: 0 },
      { from: 2, to: 2 },
    ],
  );
  const { loops } = plan(network, { lengthMeters: 4_000 });
  expect(loops[0].steps).toHaveLength(5);
  expect(loops[0].lengthMeters / 4_000).toBeCloseTo(1, 2);
});

test.each([
  ['either side of the antimeridian', 179.95, 0],
  ['at 89° north', 10, 89],
  ['at 89° south', -170, -89],
  ['on the equator', 0, 0],
])('%s the planner finds what it finds elsewhere', (_, lon, lat) => {
  const network = drawGrid(20, 20, 250, lon, lat);
  for (const column of [network.junctionLonE7, network.pointLonE7]) {
    for (let i = 0; i < column.length; i++) if (column[i] > 1_800_000_000) column[i] -= 3_600_000_000;
  }
  const { loops } = plan(network, { lengthMeters: 6_000 }, 210);
  expect(loops).toHaveLength(3);
  expect(Math.abs(loops[0].lengthMeters / 6_000 - 1)).toBeLessThan(0.01);
});

test.each([500, 200_000])('a request for %d m is answered by loops or by a reason', (lengthMeters) => {
  const { loops, miss } = plan(drawGrid(40, 40, 300), { lengthMeters }, 820);
  expect(loops.length > 0 || miss !== null).toBe(true);
  for (const loop of loops) expect(Math.abs(loop.lengthMeters / lengthMeters - 1)).toBeLessThanOrEqual(0.1);
});

test('a limit on difficulty is kept, and is named when it leaves nothing', () => {
  const hard = buildNetwork(SQUARE, sides({ difficulty: 4 }));
  expect(plan(hard, { lengthMeters: 4_000, maxDifficulty: 4 }).loops[0].difficulty).toBe(4);
  expect(plan(hard, { lengthMeters: 4_000, maxDifficulty: 3 }).miss).toMatchObject({ reason: 'difficulty' });
});

test('a window of ascent that no loop of the length meets is refused with what there is', () => {
  const { loops, miss } = plan(buildNetwork(SQUARE, sides()), { lengthMeters: 4_000, minAscentMeters: 500 });
  expect(loops).toHaveLength(0);
  expect(miss).toMatchObject({ reason: 'ascent', nearest: [{ ascentMeters: 0 }] });
});

test('a direction puts the middle of the loop there', () => {
  const network = drawGrid(40, 40, 250);
  for (const [degrees, sign] of [
    [90, 1],
    [270, -1],
  ]) {
    const [best] = plan(network, { lengthMeters: 8_000, directionDegrees: degrees }, 820).loops;
    const lons = [...best.coordinates].filter((_, i) => i % 3 === 0);
    const middle = lons.reduce((sum, lon) => sum + lon, 0) / lons.length;
    expect(Math.sign(middle - lons[0])).toBe(sign);
  }
});
