import type { PlanningGraph } from '../graph/planning-graph.js';
import { LENGTH_MISSED, LONG_APPROACH_SHARE, SCORE } from '../weights.js';
import type { Paths } from './trees.js';

/** What an enumeration looks for. */
export interface Enumeration {
  lengthMeters: number;
  /** Walks are wanted whose fault, by length error and metres walked twice, is less than this. */
  limit: number;
  /** Whether their approach may be a larger share than one would like. */
  longApproach: boolean;
  /** Steps to try at most. */
  steps: number;
}

/** Whether the way home is barred is looked at while at least this share of the length is to spare: below, little is saved. */
const LOOK_HOME_FROM = 0.3;
/** What such a look costs, in steps. */
const LOOK_HOME_STEPS = 3;

/**
 * Every closed walk from node 0 whose fault may be less than a limit, each one way round, by depth-first search: no edge
 * more than twice, no turning on the spot, an approach once each way. It turns back where the way home is too long or too
 * much of it has been walked before.
 * @param take called with scratch memory: the half-edges, and how many of them
 * @returns steps tried; more than `steps` when they ran out, and not all of the walks were found
 */
export function enumerateWalks(
  graph: PlanningGraph,
  paths: Paths,
  { lengthMeters, limit, longApproach, steps: most }: Enumeration,
  take: (walk: Int32Array, count: number) => void,
): number {
  const { exitOffset, exits, head, length, back, isApproach, walkable, edgeCount, hasOneWay } = graph;
  const off = Math.min(LENGTH_MISSED, limit / SCORE.lengthError);
  const [leastMeters, mostMeters] = [lengthMeters * (1 - off), lengthMeters * (1 + off)];
  const walk = new Int32Array(2 * edgeCount + 1);
  const next = new Int32Array(2 * edgeCount + 2);
  const walked = new Float64Array(2 * edgeCount + 2);
  const repeated = new Float64Array(2 * edgeCount + 2);
  const approached = new Float64Array(2 * edgeCount + 2);
  /** How often an edge may still be walked: an approach by half-edge, others at their forward half for both. */
  const left = new Uint8Array(2 * edgeCount);
  for (let half = 0; half < 2 * edgeCount; half++) left[half] = isApproach[half >> 1] ? 1 : half & 1 ? 0 : 2;
  const slotOf = (half: number): number => (isApproach[half >> 1] ? half : half & ~1);
  const home = new WayHome(graph, left);
  const overlapFault = SCORE.overlapShare / mostMeters;
  const mostApproach = longApproach ? mostMeters : LONG_APPROACH_SHARE * mostMeters;
  /** Up to this depth the walk is nothing but approach. */
  let lead = 0;
  let depth = 0;
  let node = 0;
  let steps = 0;
  let lookUpAt = 2_048;
  next[0] = exitOffset[0];
  for (;;) {
    if (next[depth] >= exitOffset[node + 1]) {
      if (depth === 0) break;
      const half = walk[--depth];
      node = head[half ^ 1];
      // All loops over the first edge are known by now, and those that come home by it are the same walked the other way
      // round: it stays barred.
      if (depth === lead && !isApproach[half >> 1] && !hasOneWay) left[half & ~1] = 0;
      else left[slotOf(half)]++;
      if (depth < lead) lead = depth;
      continue;
    }
    const half = exits[next[depth]++];
    const edge = half >> 1;
    const slot = slotOf(half);
    if (left[slot] === 0 || !walkable[half]) continue;
    // Straight back is no loop, not even on the approach: there must be something to turn round.
    if (depth > 0 && walk[depth - 1] === (half ^ 1)) continue;
    const meters = walked[depth] + length[edge];
    const other = head[half];
    const least = meters + back[other];
    if (least > mostMeters) continue;
    let again = repeated[depth];
    let bridges = approached[depth];
    if (!isApproach[edge]) again += left[slot] === 1 ? length[edge] : 0;
    else if (left[half ^ 1] > 0) bridges += 2 * length[edge];
    const fault = overlapFault * again + SCORE.lengthError * Math.max(0, least / lengthMeters - 1);
    if (fault >= limit || bridges > mostApproach) continue;
    left[slot]--;
    if (mostMeters - least > LOOK_HOME_FROM * lengthMeters) {
      steps += LOOK_HOME_STEPS;
      if (fault + overlapFault * home.repeatedMeters(other) >= limit) {
        left[slot]++;
        continue;
      }
    }
    if (++steps > most) break;
    if (steps > lookUpAt) {
      lookUpAt = steps + 2_048;
      paths.lookUp();
    }
    if (lead === depth && isApproach[edge]) lead++;
    walk[depth++] = half;
    walked[depth] = meters;
    repeated[depth] = again;
    approached[depth] = bridges;
    node = other;
    next[depth] = exitOffset[node];
    if (node === 0 && meters >= leastMeters) take(walk, depth);
  }
  paths.settled += steps >> 2;
  return steps;
}

/** Tells whether one can still come home without walking something a second time. */
class WayHome {
  readonly #graph: PlanningGraph;
  readonly #left: Uint8Array;
  readonly #seen: Int32Array;
  readonly #stack: Int32Array;
  #look = 0;

  /** @param left as the enumeration keeps it: 2 not walked yet, 1 once, 0 barred; of an approach 1 or 0 by half-edge */
  constructor(graph: PlanningGraph, left: Uint8Array) {
    this.#graph = graph;
    this.#left = left;
    this.#seen = new Int32Array(graph.nodeCount);
    this.#stack = new Int32Array(graph.nodeCount);
  }

  /** Metres that at least are walked a second time between a node and node 0. */
  repeatedMeters(from: number): number {
    const { exitOffset, exits, head, length, isApproach, walkable } = this.#graph;
    if (from === 0) return 0;
    const look = ++this.#look;
    let count = 1;
    this.#stack[0] = from;
    this.#seen[from] = look;
    let least = Number.POSITIVE_INFINITY;
    while (count > 0) {
      const at = this.#stack[--count];
      for (let k = exitOffset[at]; k < exitOffset[at + 1]; k++) {
        const half = exits[k];
        const edge = half >> 1;
        const to = head[half];
        const left = this.#left[isApproach[edge] ? half : half & ~1];
        if (this.#seen[to] === look || left === 0 || !walkable[half]) continue;
        if (left === 1 && !isApproach[edge]) {
          if (length[edge] < least) least = length[edge];
          continue;
        }
        if (to === 0) return 0;
        this.#seen[to] = look;
        this.#stack[count++] = to;
      }
    }
    return least;
  }
}
