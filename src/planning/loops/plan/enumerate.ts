import type { PlanningGraph } from './planning-graph.js';
import type { Paths } from './trees.js';

/**
 * Every closed walk from node 0 that uses no edge twice (an approach once each way) and whose length lies between two
 * bounds, one way round, by depth-first search that turns back where the way home is too long.
 * @param most steps to try
 * @param take called with scratch memory: the half-edges, and how many of them
 * @returns whether all of them were found, or the steps ran out
 */
export function enumerateLoops(
  graph: PlanningGraph,
  paths: Paths,
  leastMeters: number,
  mostMeters: number,
  most: number,
  take: (walk: Int32Array, count: number, lengthMeters: number) => void,
): boolean {
  const { exitOffset, exits, head, length, back, isApproach, walkable, edgeCount, hasOneWay } = graph;
  const walk = new Int32Array(2 * edgeCount + 1);
  const next = new Int32Array(2 * edgeCount + 2);
  const reached = new Float64Array(2 * edgeCount + 2);
  /** By half-edge; an edge that is no approach is barred both ways. */
  const used = new Uint8Array(2 * edgeCount);
  /** Whether the walk up to some depth is nothing but approach. */
  const isLead = (until: number): boolean => {
    for (let i = until - 1; i >= 0; i--) if (!isApproach[walk[i] >> 1]) return false;
    return true;
  };
  let depth = 0;
  let node = 0;
  let steps = 0;
  next[0] = exitOffset[0];
  for (;;) {
    if (next[depth] >= exitOffset[node + 1]) {
      if (depth === 0) break;
      const half = walk[--depth];
      node = head[half ^ 1];
      if (isApproach[half >> 1]) used[half] = 0;
      else if (hasOneWay || !isLead(depth)) used[half] = used[half ^ 1] = 0;
      // Else it stays barred: all loops over this first edge are known, and those that come home by it are the same
      // walked the other way round.
      continue;
    }
    const half = exits[next[depth]++];
    if (used[half] || !walkable[half]) continue;
    // Straight back is no loop, not even on the approach: there must be something to turn round.
    if (depth > 0 && walk[depth - 1] === (half ^ 1)) continue;
    const meters = reached[depth] + length[half >> 1];
    const other = head[half];
    if (meters + back[other] > mostMeters) continue;
    if ((++steps & 2047) === 0) paths.lookUp();
    if (steps > most) {
      paths.settled += steps;
      return false;
    }
    used[half] = 1;
    if (!isApproach[half >> 1]) used[half ^ 1] = 1;
    walk[depth++] = half;
    reached[depth] = meters;
    node = other;
    next[depth] = exitOffset[node];
    if (node === 0 && meters >= leastMeters) take(walk, depth, meters);
  }
  paths.settled += steps;
  return true;
}
