import { type Area, isWalkable } from '../../network/area.js';
import { findBridges, incidence } from '../../network/bridges.js';
import { Heap } from '../../network/heap.js';
import { WALK_BOTH_WAYS } from '../../network/network.js';
import { lookUpAfter, type StopFlag, throwIfCancelled } from '../stop.js';

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
  /** The edges at each node: `incident[offset[node]] … `; one that ends where it begins is listed twice. */
  offset: Int32Array;
  incident: Int32Array;
  /** 1 where the edge is the only connection between its two sides. */
  isBridge: Uint8Array;
  /** 1 when the search was stopped by nothing but dead ends: no junction at the area's rim was met. */
  sealed: boolean;
}

/** What a search from the start has found. */
interface Reach {
  /** Junctions in order of distance. */
  order: Int32Array;
  /** By junction of the area, in metres. */
  distance: Float64Array;
  /** Whether a segment at one of these junctions may be walked one way only. */
  hasOneWay: boolean;
}

/** Distances over the area from the start, or to it, along the one-way stretches or heedless of them. */
function distances(
  { area, start, maxDifficulty, stop }: From,
  limit: number,
  against: 0 | 1,
  heedsOneWay: boolean,
): Reach {
  const hardest = maxDifficulty ?? Number.POSITIVE_INFINITY;
  const distance = new Float64Array(area.junctionCount).fill(Number.POSITIVE_INFINITY);
  const order = new Int32Array(area.junctionCount);
  let count = 0;
  let hasOneWay = false;
  const heap = new Heap();
  const { exitOffset, exits, from, to, lengthMeters, difficulty, walkable } = area;
  distance[start] = 0;
  heap.push(0, start);
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    const here = distance[node];
    if (heap.key > here) continue;
    order[count++] = node;
    lookUpAfter(count, stop);
    for (let k = exitOffset[node], end = exitOffset[node + 1]; k < end; k++) {
      const half = exits[k];
      const segment = half >> 1;
      if (walkable[segment] !== WALK_BOTH_WAYS) {
        hasOneWay = true;
        if (heedsOneWay && !isWalkable(area, half ^ against)) continue;
      }
      if (difficulty[segment] > hardest) continue;
      // The other end, without a branch that nothing predicts.
      const head = from[segment] ^ to[segment] ^ node;
      const reach = here + lengthMeters[segment];
      if (reach < distance[head] && reach <= limit) {
        distance[head] = reach;
        heap.push(reach, head);
      }
    }
  }
  return { order: order.subarray(0, count), distance, hasOneWay };
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
  let { order, distance, hasOneWay } = distances(from, lengthMeters / 2, 0, false);
  let back = distance;
  if (hasOneWay) {
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
    junction: order,
    out: new Float64Array(order.length),
    back: new Float64Array(order.length),
    edgeCount: 0,
    a: new Int32Array(mostEdges),
    b: new Int32Array(mostEdges),
    half: new Int32Array(mostEdges),
    length: new Float64Array(mostEdges),
    offset: new Int32Array(0),
    incident: new Int32Array(0),
    isBridge: new Uint8Array(0),
    sealed: true,
  };
  const { a, b, half: halfOf, length: lengthOf } = ball;
  const { exitOffset, exits, from: tail, to, lengthMeters: metersOf, difficulty, walkable } = area;
  let edge = 0;
  for (let node = 0; node < order.length; node++) {
    lookUpAfter(node, stop);
    const junction = order[node];
    const out = distance[junction];
    const home = back[junction];
    ball.out[node] = out;
    ball.back[node] = home;
    if (!area.complete[junction]) ball.sealed = false;
    for (let k = exitOffset[junction], end = exitOffset[junction + 1]; k < end; k++) {
      const half = exits[k];
      const segment = half >> 1;
      if (difficulty[segment] > hardest || walkable[segment] === 0) continue;
      const head = tail[segment] ^ to[segment] ^ junction;
      const other = nodeOf[head];
      const length = metersOf[segment];
      // Each edge once: from its lower node, a ring from its forward half; a ring of no length leads nowhere.
      if (other === node ? half & 1 || length === 0 : other >= 0 && other < node) continue;
      let least = out + back[head];
      if (hasOneWay) {
        const forth = isWalkable(area, half) ? least : Number.POSITIVE_INFINITY;
        least = isWalkable(area, half ^ 1) ? Math.min(forth, distance[head] + home) : forth;
      }
      if (other < 0 || least + length > lengthMeters) {
        ball.sealed = false;
        continue;
      }
      a[edge] = node;
      b[edge] = other;
      halfOf[edge] = half;
      lengthOf[edge++] = length;
    }
  }
  ball.edgeCount = edge;
  ball.a = a.subarray(0, edge);
  ball.b = b.subarray(0, edge);
  ball.half = halfOf.subarray(0, edge);
  ball.length = lengthOf.subarray(0, edge);
  const at = incidence(ball.nodeCount, ball.a, ball.b);
  ball.offset = at.offset;
  ball.incident = at.incident;
  ball.isBridge = findBridges(ball.a, ball.b, at, () => throwIfCancelled(stop));
  return ball;
}
