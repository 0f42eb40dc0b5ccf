import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, randomNetwork } from '../../../../test/networks.js';
import { findBall } from '../graph/ball.js';
import { edgesOf, findCores, joined } from '../graph/cores.js';
import { type PlanningGraph, planningGraph } from '../graph/planning-graph.js';
import { neverStop } from '../stop.js';
import { enumerateWalks } from './enumerate.js';
import { Paths } from './trees.js';

/** Which edges a walk goes over, and how often. */
const keyOf = (walk: ArrayLike<number>): string =>
  Array.from(walk, (half) => half >> 1)
    .sort((a, b) => a - b)
    .join(' ');

/**
 * Every closed walk from node 0 up to a length, without any pruning but that: no turning on the spot, no edge more than
 * twice, an approach once each way.
 */
function everyWalk(graph: PlanningGraph, mostMeters: number, take: (walk: number[], meters: number) => void): void {
  const walk: number[] = [];
  const go = (node: number, meters: number): void => {
    if (node === 0 && walk.length > 0) take(walk, meters);
    for (let k = graph.exitOffset[node]; k < graph.exitOffset[node + 1]; k++) {
      const half = graph.exits[k];
      const edge = half >> 1;
      const uses = walk.filter((other) => (graph.isApproach[edge] ? other === half : other >> 1 === edge)).length;
      if (!graph.walkable[half] || uses >= (graph.isApproach[edge] ? 1 : 2)) continue;
      if (walk.length > 0 && walk[walk.length - 1] === (half ^ 1)) continue;
      if (meters + graph.length[edge] > mostMeters) continue;
      walk.push(half);
      go(graph.head[half], meters + graph.length[edge]);
      walk.pop();
    }
  };
  go(0, 0);
}

function measured(graph: PlanningGraph, walk: number[], meters: number, lengthMeters: number) {
  let again = 0;
  let approach = 0;
  walk.forEach((half, i) => {
    const meters = graph.length[half >> 1];
    if (graph.isApproach[half >> 1]) approach += meters;
    else if (walk.slice(0, i).some((other) => other >> 1 === half >> 1)) again += meters;
  });
  const off = Math.abs(meters / lengthMeters - 1);
  return { off, fault: 10 * off + (5 * again) / meters, approachShare: approach / meters };
}

test('on any small network every walk with less fault than the limit is found, one way round at least', () => {
  let found = 0;
  fc.assert(
    fc.property(
      randomNetwork({ maxJunctions: 6, maxSegments: 7, oneWays: true }),
      fc.integer({ min: 400, max: 6_000 }),
      fc.constantFrom(0.1, 0.5, 2),
      fc.boolean(),
      (network, lengthMeters, limit, longApproach) => {
        const area = areaOf(network);
        const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, 1.1 * lengthMeters);
        const cores = findCores(ball, neverStop());
        if (cores.length === 0) return;
        const graph = planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, neverStop());
        const taken = new Set<string>();
        const search = { lengthMeters, limit, longApproach, steps: 20_000 };
        const steps = enumerateWalks(graph, new Paths(graph, neverStop(), 1e9), search, (walk, count) => {
          taken.add(keyOf(walk.subarray(0, count)));
        });
        if (steps > search.steps) return;
        everyWalk(graph, 1.1 * lengthMeters, (walk, meters) => {
          const { off, fault, approachShare } = measured(graph, walk, meters, lengthMeters);
          if (off > 0.1 || fault >= limit || (!longApproach && approachShare > 0.2)) return;
          found++;
          expect(taken).toContain(keyOf(walk));
        });
      },
    ),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(20);
});

test('when the steps run out, it says so', () => {
  fc.assert(
    fc.property(randomNetwork({ maxJunctions: 12, maxSegments: 30 }), (network) => {
      const area = areaOf(network);
      const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, 5_000);
      const cores = findCores(ball, neverStop());
      if (cores.length === 0) return;
      const graph = planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, neverStop());
      const count = (steps: number): number =>
        enumerateWalks(
          graph,
          new Paths(graph, neverStop(), 1e9),
          { lengthMeters: 5_000, limit: 0.3, longApproach: true, steps },
          () => {},
        );
      const needed = count(20_000);
      if (needed <= 20_000) expect(count(needed)).toBe(needed);
      if (needed > 5) expect(count(5)).toBeGreaterThan(5);
    }),
  );
});
