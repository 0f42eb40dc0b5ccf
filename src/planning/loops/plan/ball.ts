import { type Area, isWalkable } from '../../network/area.js';
import { findBridges } from '../../network/bridges.js';
import { Heap } from '../../network/heap.js';
import { WALK_BACKWARD, WALK_FORWARD } from '../../network/network.js';
import { LENGTH_MISSED } from './weights.js';

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

/** Distances over the area from a junction, forwards or against the one-way stretches. */
function distances(
  area: Area,
  start: number,
  limit: number,
  maxDifficulty: number,
  against: 0 | 1,
  oneWay: boolean,
): { order: number[]; distance: Float64Array } {
  const distance = new Float64Array(area.junctionCount).fill(Number.POSITIVE_INFINITY);
  const done = new Uint8Array(area.junctionCount);
  const order: number[] = [];
  const heap = new Heap();
  const { exitOffset, exits, from, to, lengthMeters, difficulty } = area;
  distance[start] = 0;
  heap.push(0, start);
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    if (done[node]) continue;
    done[node] = 1;
    order.push(node);
    const here = distance[node];
    for (let k = exitOffset[node]; k < exitOffset[node + 1]; k++) {
      const half = exits[k];
      const segment = half >> 1;
      if (difficulty[segment] > maxDifficulty) continue;
      if (oneWay && !isWalkable(area, half ^ against)) continue;
      const head = half & 1 ? from[segment] : to[segment];
      const reach = here + lengthMeters[segment];
      if (reach < distance[head] && reach <= limit) {
        distance[head] = reach;
        heap.push(reach, head);
      }
    }
  }
  return { order, distance };
}

/** A loop a little longer than asked is an answer too. */
const BALL_SLACK = 0.005;

/**
 * @param start junction index in the area
 * @param requestedMeters of the closed walk
 * @param slack by what share the walk may be longer
 */
export function findBall(
  area: Area,
  start: number,
  requestedMeters: number,
  maxDifficulty: number | null,
  slack: number = BALL_SLACK,
): Ball {
  const lengthMeters = requestedMeters * (1 + slack);
  const hardest = maxDifficulty ?? Number.POSITIVE_INFINITY;
  let { order, distance } = distances(area, start, lengthMeters / 2, hardest, 0, false);
  let back = distance;
  if (order.some((node) => hasOneWay(area, node))) {
    ({ order, distance } = distances(area, start, lengthMeters, hardest, 0, true));
    back = distances(area, start, lengthMeters, hardest, 1, true).distance;
    order = order.filter((node) => distance[node] + back[node] <= lengthMeters);
  }
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

/** What is approach for loops from one start: it depends on what was asked and, a little, on what came of it. */
export class Approaches {
  readonly #area: Area;
  readonly #start: number;
  readonly #asked: { lengthMeters: number; maxDifficulty: number | null };
  readonly #bySlack = new Map<number, Uint8Array>();

  constructor(area: Area, start: number, asked: { lengthMeters: number; maxDifficulty: number | null }) {
    this.#area = area;
    this.#start = start;
    this.#asked = asked;
  }

  /**
   * By segment of the area: 1 on the bridges of the ball, which a loop walks out and back or not at all. For a loop a good
   * deal longer than asked the ball is wider; all that decides is in the loop's id.
   * @param loopMeters length of the loop itself
   */
  of(loopMeters: number): Uint8Array {
    const { lengthMeters, maxDifficulty } = this.#asked;
    const slack = Math.ceil(loopMeters) > lengthMeters * (1 + BALL_SLACK) ? LENGTH_MISSED : BALL_SLACK;
    const known = this.#bySlack.get(slack);
    if (known) return known;
    const ball = findBall(this.#area, this.#start, lengthMeters, maxDifficulty, slack);
    const isApproach = new Uint8Array(this.#area.segmentCount);
    for (let e = 0; e < ball.edgeCount; e++) if (ball.isBridge[e]) isApproach[ball.half[e] >> 1] = 1;
    this.#bySlack.set(slack, isApproach);
    return isApproach;
  }
}
