import type { Area } from '../../network/area.js';
import type { PlanningGraph } from '../graph/planning-graph.js';
import type { LoopRequest } from '../loop-request.js';
import { AscentAim } from './ascent.js';
import { type Candidate, Judge } from './candidate.js';
import { Joiner } from './join.js';
import { CandidatePool } from './pool.js';
import { type Paths, Tree } from './trees.js';

/** Scratch memory for making walks: what one move leaves in it the next one overwrites. */
interface Memory {
  joiner: Joiner;
  /** Paths from node 0. */
  out: Tree;
  /** By node: metres to the end at least. */
  rest: Float64Array;
  /** Half-edges of the walk being put together. */
  walk: Int32Array;
}

/** What all that makes walks in one planning graph works with. */
export interface Workspace {
  area: Area;
  graph: PlanningGraph;
  request: LoopRequest;
  paths: Paths;
  judge: Judge;
  pool: CandidatePool;
  aim: AscentAim;
  /** With what each walk was crossed last. */
  crossed: WeakMap<Candidate, number>;
  memory: Memory;
}

/** Nothing is found yet. */
export function newWorkspace(area: Area, graph: PlanningGraph, request: LoopRequest, paths: Paths): Workspace {
  const n = graph.nodeCount;
  const memory = {
    joiner: new Joiner(graph),
    out: new Tree(n),
    rest: new Float64Array(n),
    walk: new Int32Array(4 * n + 4),
  };
  return forRequest({ area, graph, paths, memory }, request);
}

/** Another request in the same graph: nothing is found yet, and the memory is lent. */
export const forRequest = (
  { area, graph, paths, memory }: Pick<Workspace, 'area' | 'graph' | 'paths' | 'memory'>,
  request: LoopRequest,
): Workspace => ({
  area,
  graph,
  request,
  paths,
  judge: new Judge(area, graph, request),
  pool: new CandidatePool(graph),
  aim: new AscentAim(graph, request),
  crossed: new WeakMap(),
  memory,
});
