import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, randomNetwork } from '../../../../test/networks.js';
import { findBall } from '../graph/ball.js';
import { edgesOf, findCores, joined } from '../graph/cores.js';
import { type PlanningGraph, planningGraph } from '../graph/planning-graph.js';
import { neverStop } from '../stop.js';
import { leastMetersTo } from './refine.js';

/** Metres from each node to one of them, by going over all edges until nothing gets shorter. */
function metersTo({ nodeCount, edgeCount, head, length, walkable }: PlanningGraph, to: number): Float64Array {
  const meters = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY);
  meters[to] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let half = 0; half < 2 * edgeCount; half++) {
      const [from, reach] = [head[half ^ 1], meters[head[half]] + length[half >> 1]];
      if (!walkable[half] || reach >= meters[from]) continue;
      meters[from] = reach;
      changed = true;
    }
  }
  return meters;
}

test('what is left out of a move is never nearer than was thought, on any network, one-way paths included', () => {
  let above = 0;
  fc.assert(
    fc.property(randomNetwork({ maxJunctions: 20, maxSegments: 50, oneWays: true }), fc.nat(1_000), (network, pick) => {
      const area = areaOf(network);
      const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, 8_000);
      const cores = findCores(ball, neverStop());
      if (cores.length === 0) return;
      const graph = planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, neverStop());
      const to = pick % graph.nodeCount;
      const least = new Float64Array(graph.nodeCount);
      leastMetersTo(graph, to, least);
      metersTo(graph, to).forEach((meters, node) => {
        expect(least[node]).toBeLessThanOrEqual(meters + 1e-6);
        if (least[node] > 0.5 * meters) above++;
      });
    }),
  );
  // A bound of nothing would be true as well.
  expect(above).toBeGreaterThan(20);
});
