import { noise, type PlanningGraph } from '../graph/planning-graph.js';
import { type Refining, ROUNDS, WALKS_PER_VIA } from '../weights.js';
import type { Candidate } from './candidate.js';
import type { CandidatePool } from './pool.js';
import { addHalf, noTotals } from './sums.js';
import type { Workspace } from './workspace.js';

/**
 * One move of a local search (sub-path replacement, after Lewis and Corcoran, "Finding fixed-length circuits and cycles in
 * undirected edge-weighted graphs", 2022): a stretch of a good walk is taken out, and everything that fits between its two
 * ends with the length (and climb) that is missing is put in.
 * @param move number of the move: decides which walk and which stretch
 */
export function replaceStretch(space: Workspace, best: Candidate[], move: number, by: Refining): void {
  const { graph, request, paths, judge, pool, aim, memory } = space;
  const { lengthMeters, seed } = request;
  const { head, nodeCount } = graph;
  const { joiner, rest } = memory;
  const { away, home } = joiner;
  const { least, most, tolerance } = by;
  const { walk, lengthMeters: walked } = best[move % best.length];
  const part = least + (most - least) * noise(seed, 2 * move);
  const [i, j] = stretch(graph, walk, noise(seed, 2 * move + 1) * (1 - part) * walked, part * walked);
  if (j - i < 2) return;
  const before = noTotals();
  paths.unmark();
  for (let k = 0; k < walk.length; k++) {
    if (k >= i && k < j) continue;
    addHalf(before, graph, walk[k]);
    paths.mark(walk[k] >> 1, ROUNDS[0].penalty);
  }
  const from = head[walk[i] ^ 1];
  const to = head[walk[j - 1]];
  // What is put in goes through each node twice at most, but a walk may have grown by many moves.
  const room = walk.length + 2 * nodeCount + 1;
  const longer = memory.walk.length < room ? new Int32Array(room) : memory.walk;
  const mostMeters = lengthMeters * (1 + tolerance);
  leastMetersTo(graph, to, rest);
  paths.grow(away, from, false, before.meters, rest, mostMeters);
  for (let node = 0; node < nodeCount; node++) {
    rest[node] = before.meters + (away.reaches(node) ? away.length[node] : 0);
  }
  paths.grow(home, to, true, 0, rest, mostMeters);
  joiner.join(
    { before, used: paths.used, lengthMeters, toleranceMeters: tolerance * lengthMeters, window: aim.window },
    WALKS_PER_VIA,
    (joint) => {
      longer.set(walk.subarray(0, i));
      const count = joiner.lay({ from, joint, to }, longer, i);
      longer.set(walk.subarray(j), count);
      pool.add(judge.judge(longer, count + walk.length - j, tolerance));
    },
  );
}

/** A little less than one, for the plane of the graph bends where it is far from the start. */
const STRAIGHT = 0.99;

/**
 * Least metres from each node to one of them that can be known without a search: the straight line, and what the distances
 * from the start and back to it leave by the triangle inequality (a landmark; Goldberg and Harrelson, "Computing the
 * shortest path: A* search meets graph theory", 2005).
 */
export function leastMetersTo({ x, y, out, back, nodeCount }: PlanningGraph, to: number, least: Float64Array): void {
  for (let node = 0; node < nodeCount; node++) {
    const dx = x[node] - x[to];
    const dy = y[node] - y[to];
    least[node] = Math.max(STRAIGHT * Math.sqrt(dx * dx + dy * dy), out[to] - out[node], back[node] - back[to]);
  }
}

/** The best walks of the pool, whether or not they differ. */
export function bestOf(pool: CandidatePool, count: number): Candidate[] {
  pool.sort();
  return pool.all.slice(0, count);
}

/** The half-edges `i … j - 1` of a walk that begin at about `skip` metres and are about `meters` long. */
function stretch(graph: PlanningGraph, walk: Int32Array, skip: number, meters: number): [number, number] {
  let i = 0;
  let at = 0;
  for (; i < walk.length && (at < skip || graph.isApproach[walk[i] >> 1]); i++) at += graph.length[walk[i] >> 1];
  let j = i;
  let until = at + meters;
  for (; j < walk.length && at < until; j++) {
    if (graph.isApproach[walk[j] >> 1]) until = at;
    else at += graph.length[walk[j] >> 1];
  }
  while (j > i && graph.isApproach[walk[j - 1] >> 1]) j--;
  return [i, j];
}
