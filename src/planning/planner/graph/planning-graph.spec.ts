import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, at, randomNetwork } from '../../../../test/networks.js';
import { type Area, headOf, isWalkable, tailOf } from '../../network/area.js';
import { buildNetwork, drawGrid } from '../../network/build-network.js';
import { CANCELLED, Cancelled, neverStop, type StopFlag } from '../stop.js';
import { findBall } from './ball.js';
import { edgesOf, findCores, joined } from './cores.js';
import { type PlanningGraph, planningGraph } from './planning-graph.js';

function graphOf(area: Area, lengthMeters: number, stop = neverStop()): PlanningGraph | null {
  const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, lengthMeters);
  const cores = findCores(ball, neverStop());
  return cores.length === 0 ? null : planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, stop);
}

const stepsOf = ({ stepOffset, steps }: PlanningGraph, edge: number): number[] => [
  ...steps.subarray(stepOffset[edge], stepOffset[edge + 1]),
];

test('chains become edges; what comes back to its fork is cut in the middle, a ring of one segment in half', () => {
  const network = buildNetwork(
    [at(0, 0, 100), at(300, 0, 150), at(500, 200, 120), at(500, -200, 160)],
    [
      { from: 0, to: 1 },
      { from: 2, to: 1 },
      { from: 2, to: 3 },
      { from: 3, to: 1 },
      { from: 1, to: 1, between: [at(300, 100, 190)] as [number, number, number][] },
    ],
  );
  const graph = graphOf(areaOf(network), 5_000)!;
  const [approach, , , , ring] = network.lengthMeters;
  // Fork 1 is node 1; the triangle's middle is made before the ring's.
  expect([graph.nodeCount, graph.edgeCount]).toEqual([4, 5]);
  expect([...graph.head]).toEqual([1, 0, 2, 1, 1, 2, 3, 1, 1, 3]);
  expect([0, 1, 2, 3, 4].map((edge) => stepsOf(graph, edge))).toEqual([[0], [3, 4], [6], [8], []]);
  expect([...graph.isApproach]).toEqual([1, 0, 0, 0, 0]);
  expect(graph.length[0]).toBe(approach);
  expect([...graph.length.subarray(3)]).toEqual([ring / 2, ring / 2]);
  expect([...graph.climbMeters]).toEqual([50, 0, 40, 30, 0, 10, 20, 20, 20, 20]);
});

test('an edge leads along its segments from one end to the other, and is as long and as walkable as they, on any network', () => {
  let edges = 0;
  fc.assert(
    fc.property(randomNetwork({ maxJunctions: 20, maxSegments: 50, oneWays: true }), (network) => {
      const area = areaOf(network);
      const graph = graphOf(area, 8_000);
      if (graph === null) return;
      for (let edge = 0; edge < graph.edgeCount; edge++) {
        const steps = stepsOf(graph, edge);
        if (steps.length === 0 || headOf(area, steps[0]) === tailOf(area, steps[0])) continue;
        edges++;
        for (let i = 1; i < steps.length; i++) expect(tailOf(area, steps[i])).toBe(headOf(area, steps[i - 1]));
        const length = steps.reduce((sum, half) => sum + area.lengthMeters[half >> 1], 0);
        expect(graph.length[edge]).toBeCloseTo(length, 6);
        expect(graph.walkable[2 * edge]).toBe(Number(steps.every((half) => isWalkable(area, half))));
        expect(graph.walkable[2 * edge + 1]).toBe(Number(steps.every((half) => isWalkable(area, half ^ 1))));
      }
    }),
  );
  expect(edges).toBeGreaterThan(100);
});

test('none of the preparations of a plan goes on when the plan is cancelled', () => {
  const area = areaOf(drawGrid(60, 60, 100));
  const cancelled: StopFlag = new Int32Array([CANCELLED]);
  const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, 20_000);
  const [core] = findCores(ball, neverStop());
  expect(() => findBall({ area, start: 0, maxDifficulty: null, stop: cancelled }, 20_000)).toThrow(Cancelled);
  expect(() => findCores(ball, cancelled)).toThrow(Cancelled);
  expect(() => edgesOf(core, cancelled)).toThrow(Cancelled);
  expect(() => graphOf(area, 20_000, cancelled)).toThrow(Cancelled);
});
