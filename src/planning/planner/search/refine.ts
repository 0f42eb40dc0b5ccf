import { noise, type PlanningGraph } from '../graph/planning-graph.js';
import { type Refining, ROUNDS, WALKS_PER_VIA } from '../weights.js';
import type { Candidate, Judge } from './candidate.js';
import type { Joiner } from './join.js';
import type { CandidatePool } from './pool.js';
import type { Paths, Tree } from './trees.js';

/** What a refinement shares with the search before it. */
export interface RefineTask {
  graph: PlanningGraph;
  paths: Paths;
  judge: Judge;
  joiner: Joiner;
  pool: CandidatePool;
  away: Tree;
  home: Tree;
  rest: Float64Array;
  scratch: Int32Array;
  lengthMeters: number;
  seed: number;
  window: { min: number; max: number } | null;
}

/**
 * One move of a local search (sub-path replacement, after Lewis and Corcoran, "Finding fixed-length circuits and cycles in
 * undirected edge-weighted graphs", 2022): a stretch of a good walk is taken out, and everything that fits between its two
 * ends with the length (and climb) that is missing is put in.
 * @param move number of the move: decides which walk and which stretch
 */
export function replaceStretch(task: RefineTask, best: Candidate[], move: number, by: Refining): void {
  const { graph, paths, judge, joiner, pool, away, home, rest, lengthMeters, seed, window } = task;
  const { head, length, roadMeters, up, down, doubledArea, nodeCount, walkable } = graph;
  const { least, most, tolerance } = by;
  const { walk, lengthMeters: walked } = best[move % best.length];
  const part = least + (most - least) * noise(seed, 2 * move);
  const [i, j] = stretch(graph, walk, noise(seed, 2 * move + 1) * (1 - part) * walked, part * walked);
  if (j - i < 2) return;
  const before = { length: 0, road: 0, up: 0, doubledArea: 0 };
  paths.unmark();
  for (let k = 0; k < walk.length; k++) {
    if (k >= i && k < j) continue;
    const half = walk[k];
    before.length += length[half >> 1];
    before.road += roadMeters[half >> 1];
    before.up += half & 1 ? down[half >> 1] : up[half >> 1];
    before.doubledArea += half & 1 ? -doubledArea[half >> 1] : doubledArea[half >> 1];
    paths.mark(half >> 1, ROUNDS[0].penalty);
  }
  const from = head[walk[i] ^ 1];
  const to = head[walk[j - 1]];
  // What is put in goes through each node twice at most, but a walk may have grown by many moves.
  const room = walk.length + 2 * nodeCount + 1;
  const scratch = task.scratch.length < room ? new Int32Array(room) : task.scratch;
  const mostMeters = lengthMeters * (1 + tolerance);
  leastMetersTo(graph, to, rest);
  paths.grow(away, from, false, before.length, rest, mostMeters);
  for (let node = 0; node < nodeCount; node++) {
    rest[node] = before.length + (away.reaches(node) ? away.length[node] : 0);
  }
  paths.grow(home, to, true, 0, rest, mostMeters);
  joiner.join(
    { before, away, home, used: paths.used, lengthMeters, toleranceMeters: tolerance * lengthMeters, window, walkable },
    WALKS_PER_VIA,
    (joint) => {
      let count = 0;
      for (let k = 0; k < i; k++) scratch[count++] = walk[k];
      for (let node = head[joint ^ 1]; node !== from; node = head[away.link[node] ^ 1])
        scratch[count++] = away.link[node];
      scratch.subarray(i, count).reverse();
      scratch[count++] = joint;
      for (let node = head[joint]; node !== to; node = head[home.link[node]]) scratch[count++] = home.link[node];
      for (let k = j; k < walk.length; k++) scratch[count++] = walk[k];
      pool.add(judge.judge(scratch, count, tolerance));
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
