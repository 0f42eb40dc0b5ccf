import { noise } from '../graph/planning-graph.js';
import type { LoopRequest } from '../loop-request.js';
import { LENGTHENED, POLISH_COSTS_KEPT, POLISH_NOISE } from '../weights.js';
import { type Candidate, Judge } from './candidate.js';
import { CandidatePool } from './pool.js';
import { replaceStretch } from './refine.js';
import type { Workspace } from './workspace.js';

/**
 * Makes walks longer, a share at a time, by replacing stretches of them with longer ones, up to the length of the task.
 * Where a network is small for that length, no walk out to a point and home by a join of two trees of cheapest paths is
 * long enough; but a walk that is not long enough has stretches that leave room.
 * @param shorter walks to begin with
 * @param asked what the walks are judged by on the way, at each length
 * @returns walks of about the length of the workspace's request, that differ
 */
export function lengthen(space: Workspace, shorter: Candidate[], asked: LoopRequest): Candidate[] {
  const { area, graph, paths, request } = space;
  let best = shorter;
  let reached = Math.max(0, ...best.map((walk) => walk.lengthMeters));
  while (best.length > 0 && reached < request.lengthMeters) {
    reached = Math.min(request.lengthMeters, LENGTHENED.by * reached);
    const pool = new CandidatePool(graph);
    const judge = new Judge(area, graph, { ...asked, lengthMeters: reached });
    const step: Workspace = { ...space, pool, judge, request: { ...request, lengthMeters: reached } };
    for (let move = 0; move < LENGTHENED.moves; move++) {
      paths.lookUp();
      if (move % POLISH_COSTS_KEPT === 0) {
        paths.setBase((edge) => graph.cost[edge] * (1 + POLISH_NOISE * noise(move, edge)));
      }
      replaceStretch(step, best, move, LENGTHENED);
    }
    best = pool.best(LENGTHENED.best, Number.POSITIVE_INFINITY);
  }
  return best;
}
