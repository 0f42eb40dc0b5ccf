import { type Area, isWalkable } from '../../network/area.js';
import { findBridges } from '../../network/bridges.js';
import { Heap } from '../../network/heap.js';
import { WALK_BACKWARD, WALK_FORWARD } from '../../network/network.js';
import { type StopFlag, throwIfCancelled } from './stop.js';

/**
 * The part of an area that a closed walk of some length from the start can use at all: edges (a, b) with
 * d(start, a) + length + d(b, start) within it. Its nodes and edges are numbered by distance from the start, so that
 * nothing depends on what else was loaded.
 */
export interface Ball {
  nodeCount: number;
  /** Junction index in the area; node 0 is the start. */
  junction: Int32Array;
  /** Least metres from the start to each node, and from it back. */
  out: Float64Array;
  back: Float64Array;
  edgeCount: number;
  /** Nodes, and the half-edge of the area that leads from `a` to `b`. */
  a: Int32Array;
  b: Int32Array;
  half: Int32Array;
  length: Float64Array;
  /** 1 where the edge is the only connection between its two sides. */
  isBridge: Uint8Array;
  /** 1 when the search was stopped by nothing but dead ends: no junction at the area's rim was met. */
  sealed: boolean;
}

const TWO_WAY = WALK_FORWARD | WALK_BACKWARD;

/** Whether somebody still wants the answer is looked at after so many settled junctions: well under a millisecond. */
const LOOK_UP_EVERY = 2_048;

/** Distances over the area from a junction, forwards or against the one-way stretches; junctions in order of distance. */
function distances(
  { area, start, maxDifficulty, stop }: From,
  limit: number,
  against: 0 | 1,
  oneWay: boolean,
): { order: Int32Array; distance: Float64Array } {
  const hardest = maxDifficulty ?? Number.POSITIVE_INFINITY;
  const distance = new Float64Array(area.junctionCount).fill(Number.POSITIVE_INFINITY);
  const done = new Uint8Array(area.junctionCount);
  const order = new Int32Array(area.junctionCount);
  let count = 0;
  const heap = new Heap();
  const { exitOffset, exits, from, to, lengthMeters, difficulty } = area;
  distance[start] = 0;
  heap.push(0, start);
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    if (done[node]) continue;
    done[node] = 1;
    order[count++] = node;
    if (count % LOOK_UP_EVERY === 0) throwIfCancelled(stop);
    const here = distance[node];
    for (let k = exitOffset[node]; k < exitOffset[node + 1]; k++) {
      const half = exits[k];
      const segment = half >> 1;
      if (difficulty[segment] > hardest) continue;
      if (oneWay && !isWalkable(area, half ^ against)) continue;
      const head = half & 1 ? from[segment] : to[segment];
      const reach = here + lengthMeters[segment];
      if (reach < distance[head] && reach <= limit) {
        distance[head] = reach;
        heap.push(reach, head);
      }
    }
  }
  return { order: order.subarray(0, count), distance };
}

/** Where a ball lies. */
export interface From {
  area: Area;
  /** Junction index in the area. */
  start: number;
  maxDifficulty: number | null;
  stop: StopFlag;
}

/**
 * @param lengthMeters that a closed walk in the ball may have at most
 * @throws Cancelled when the flag says so
 */
export function findBall(from: From, lengthMeters: number): Ball {
  const { area, maxDifficulty, stop } = from;
  const hardest = maxDifficulty ?? Number.POSITIVE_INFINITY;
  let { order, distance } = distances(from, lengthMeters / 2, 0, false);
  let back = distance;
  if (order.some((node) => hasOneWay(area, node))) {
    ({ order, distance } = distances(from, lengthMeters, 0, true));
    back = distances(from, lengthMeters, 1, true).distance;
    order = order.filter((node) => distance[node] + back[node] <= lengthMeters);
  }
  throwIfCancelled(stop);
  const nodeOf = new Int32Array(area.junctionCount).fill(-1);
  let mostEdges = 0;
  for (let node = 0; node < order.length; node++) {
    const junction = order[node];
    nodeOf[junction] = node;
    mostEdges += area.exitOffset[junction + 1] - area.exitOffset[junction];
  }
  const ball: Ball = {
    nodeCount: order.length,
    junction: Int32Array.from(order),
    out: new Float64Array(order.length),
    back: new Float64Array(order.length),
    edgeCount: 0,
    a: new Int32Array(mostEdges),
    b: new Int32Array(mostEdges),
    half: new Int32Array(mostEdges),
    length: new Float64Array(mostEdges),
    isBridge: new Uint8Array(0),
    sealed: true,
  };
  for (let node = 0; node < order.length; node++) {
    const junction = order[node];
    ball.out[node] = distance[junction];
    ball.back[node] = back[junction];
    if (!area.complete[junction]) ball.sealed = false;
    for (let k = area.exitOffset[junction]; k < area.exitOffset[junction + 1]; k++) {
      const half = area.exits[k];
      const segment = half >> 1;
      if (area.difficulty[segment] > hardest) continue;
      const head = half & 1 ? area.from[segment] : area.to[segment];
      const other = nodeOf[head];
      // Each edge once: from its lower node, a ring from its forward half; a ring of no length leads nowhere.
      if (other === node ? half & 1 || area.lengthMeters[segment] === 0 : other >= 0 && other < node) continue;
      const forth = isWalkable(area, half) ? distance[junction] + back[head] : Number.POSITIVE_INFINITY;
      const reverse = isWalkable(area, half ^ 1) ? distance[head] + back[junction] : Number.POSITIVE_INFINITY;
      const length = area.lengthMeters[segment];
      if (other < 0 || Math.min(forth, reverse) + length > lengthMeters) {
        ball.sealed = false;
        continue;
      }
      const edge = ball.edgeCount++;
      ball.a[edge] = node;
      ball.b[edge] = other;
      ball.half[edge] = half;
      ball.length[edge] = length;
    }
  }
  ball.a = ball.a.subarray(0, ball.edgeCount);
  ball.b = ball.b.subarray(0, ball.edgeCount);
  ball.half = ball.half.subarray(0, ball.edgeCount);
  ball.length = ball.length.subarray(0, ball.edgeCount);
  ball.isBridge = findBridges(ball.nodeCount, ball.a, ball.b);
  return ball;
}

function hasOneWay(area: Area, junction: number): boolean {
  for (let k = area.exitOffset[junction]; k < area.exitOffset[junction + 1]; k++) {
    if (area.walkable[area.exits[k] >> 1] !== TWO_WAY) return true;
  }
  return false;
}
