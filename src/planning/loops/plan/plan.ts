import { type Area, headOf } from '../../network/area.js';
import { roundRequest } from '../loop-id.js';
import type { LoopRequest, Plan } from '../loop-request.js';
import { approachSegments, type Ball, findBall } from './ball.js';
import { incidence } from './bridges.js';
import { describeLoop } from './describe.js';
import { Heap } from './heap.js';
import { CANCELLED, Cancelled, type StopFlag } from './stop.js';
import { SHARED_MOST } from './weights.js';

/**
 * @param junction where to start, by its number in the region
 * @throws RangeError when the area has no such junction
 * @throws Cancelled when the flag says so
 */
export function planLoops(area: Area, junction: number, asked: LoopRequest, stop: StopFlag): Plan {
  const request = roundRequest(asked);
  const start = area.junctionIndex.get(junction);
  if (start < 0) throw new RangeError(`junction ${junction} is not in the area`);
  const ball = findBall(area, start, request.lengthMeters, request.maxDifficulty);
  const approach = approachSegments(area, ball);
  const found = outAndBack(area, ball, request, stop).map((steps) => describeLoop(area, steps, approach, request));
  found.sort((a, b) => a.score - b.score);
  const loops: typeof found = [];
  for (const loop of found) {
    const own = new Set(loop.steps.map((step) => step >> 1));
    const isNew = loops.every((other) => {
      const shared = other.steps.filter((step) => own.has(step >> 1)).length;
      return shared < SHARED_MOST * other.steps.length;
    });
    if (isNew && loops.length < request.count) loops.push(loop);
  }
  const miss =
    loops.length > 0 ? null : { reason: 'not-found' as const, detail: 'no loop of that length was found', nearest: [] };
  return { loops, miss, truncated: false, settledNodes: ball.nodeCount };
}

/** A way out to each of some nodes, and another way back where there is one. */
function outAndBack(area: Area, ball: Ball, request: LoopRequest, stop: StopFlag): number[][] {
  const { offset, incident } = incidence(ball.nodeCount, ball.a, ball.b);
  const walks: number[][] = [];
  const used = new Uint8Array(ball.edgeCount);
  const tree = (from: number) => {
    const cost = new Float64Array(ball.nodeCount).fill(Number.POSITIVE_INFINITY);
    const entry = new Int32Array(ball.nodeCount).fill(-1);
    const heap = new Heap();
    cost[from] = 0;
    heap.push(0, from);
    for (let node = heap.pop(); node >= 0; node = heap.pop()) {
      if (heap.key > cost[node]) continue;
      for (let k = offset[node]; k < offset[node + 1]; k++) {
        const edge = incident[k];
        const other = ball.a[edge] === node ? ball.b[edge] : ball.a[edge];
        const reach = cost[node] + ball.length[edge] * (used[edge] ? 8 : 1);
        if (reach < cost[other]) {
          cost[other] = reach;
          entry[other] = edge;
          heap.push(reach, other);
        }
      }
    }
    const path = (to: number): number[] => {
      const edges: number[] = [];
      for (
        let node = to;
        node !== from;
        node = ball.a[entry[node]] === node ? ball.b[entry[node]] : ball.a[entry[node]]
      ) {
        edges.push(entry[node]);
      }
      return edges;
    };
    return { cost, path };
  };
  const out = tree(0);
  const length = (edges: number[]): number => edges.reduce((sum, edge) => sum + ball.length[edge], 0);
  const step = Math.max(1, Math.floor(ball.nodeCount / 150));
  for (let via = ball.nodeCount - 1; via > 0; via -= step) {
    if (Atomics.load(stop, 0) === CANCELLED) throw new Cancelled('the plan was cancelled');
    if (!Number.isFinite(out.cost[via])) continue;
    const there = out.path(via).reverse();
    used.fill(0);
    for (const edge of there) used[edge] = 1;
    const backEdges = tree(0).path(via);
    const total = length(there) + length(backEdges);
    if (Math.abs(total / request.lengthMeters - 1) > 0.1) continue;
    const steps: number[] = [];
    let at = ball.junction[0];
    for (const edge of [...there, ...backEdges]) {
      const half = ball.half[edge];
      const forward = headOf(area, half ^ 1) === at;
      steps.push(forward ? half : half ^ 1);
      at = headOf(area, steps[steps.length - 1]);
    }
    walks.push(steps);
  }
  return walks;
}
