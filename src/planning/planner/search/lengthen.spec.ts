import { expect, test } from '@jest/globals';
import { areaOf, at } from '../../../../test/networks.js';
import type { Area } from '../../network/area.js';
import { buildNetwork, type DrawnSegment, drawGrid } from '../../network/build-network.js';
import { findBall } from '../graph/ball.js';
import { edgesOf, findCores, joined } from '../graph/cores.js';
import { planningGraph } from '../graph/planning-graph.js';
import { plainRequest } from '../loop-request.js';
import { planLoops } from '../plan.js';
import { neverStop } from '../stop.js';
import { Judge } from './candidate.js';
import { lengthen } from './lengthen.js';
import { Paths } from './trees.js';
import { newWorkspace } from './workspace.js';

const ACROSS = 16;

/** Streets 100 m apart, 1.5 km across, every seventh stretch of them missing. */
function town(): Area {
  const junctions = Array.from({ length: ACROSS * ACROSS }, (_, i) =>
    at(100 * (i % ACROSS) + ((7 * i) % 11), 100 * Math.floor(i / ACROSS) + ((5 * i) % 13)),
  );
  const streets: DrawnSegment[] = [];
  for (let i = 0; i < junctions.length; i++) {
    if (i % ACROSS < ACROSS - 1 && i % 7 > 0) streets.push({ from: i, to: i + 1 });
    if (i + ACROSS < junctions.length && i % 7 !== 3) streets.push({ from: i, to: i + ACROSS });
  }
  return areaOf(buildNetwork(junctions, streets));
}

test.each([4, 6, 8, 10, 12])('in a town of streets 1.5 km across a loop of %i km is found all the same', (km) => {
  const asked = plainRequest(1000 * km);
  const { loops } = planLoops(town(), (ACROSS * ACROSS) / 2 + 3, asked, neverStop());
  expect(loops.length).toBeGreaterThan(0);
  expect(Math.abs(loops[0].lengthMeters / asked.lengthMeters - 1)).toBeLessThan(0.005);
  expect(loops[0].overlapMeters / asked.lengthMeters).toBeLessThan(0.05);
});

test('a walk that outgrows the scratch memory of the search stays closed and in one piece', () => {
  const lengthMeters = 3_000;
  const area = areaOf(drawGrid(5, 5, 100));
  const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, lengthMeters);
  const cores = findCores(ball, neverStop());
  const graph = planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, neverStop());
  const { head } = graph;
  // Once round the rim, the first edge of each node that leads on.
  const rim: number[] = [];
  for (let node = 0; rim.length === 0 || node !== 0; ) {
    const exits = [...graph.exits.subarray(graph.exitOffset[node], graph.exitOffset[node + 1])];
    const isRim = (at: number): boolean => graph.exitOffset[at + 1] - graph.exitOffset[at] < 4;
    const half = exits.find((exit) => isRim(head[exit]) && exit !== ((rim.at(-1) ?? -2) ^ 1))!;
    rim.push(half);
    node = head[half];
  }
  const meters = rim.reduce((sum, half) => sum + graph.length[half >> 1], 0);
  const start = new Judge(area, graph, plainRequest(meters)).judge(Int32Array.from(rim), rim.length, 0.01)!;
  const space = newWorkspace(area, graph, plainRequest(lengthMeters), new Paths(graph, neverStop(), 1e9));
  space.memory.walk = new Int32Array(rim.length);
  const walks = lengthen(space, [start], space.request);
  expect(walks.length).toBeGreaterThan(0);
  for (const { walk } of walks) {
    expect(walk.length).toBeGreaterThan(rim.length);
    const ends = Array.from(walk, (half) => head[half]);
    expect([ends.at(-1), ...ends.slice(0, -1)]).toEqual(Array.from(walk, (half) => head[half ^ 1]));
    expect(head[walk[0] ^ 1]).toBe(0);
  }
});
