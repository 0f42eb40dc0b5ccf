import { noise } from '../graph/planning-graph.js';
import { LENGTHENED, POLISH_COSTS_KEPT, POLISH_NOISE } from '../weights.js';
import { type Candidate, Judge } from './candidate.js';
import { CandidatePool } from './pool.js';
import { type RefineTask, replaceStretch } from './refine.js';

/**
 * Makes walks longer, a share at a time, by replacing stretches of them with longer ones, up to the length of the task.
 * Where a network is small for that length, no walk out to a point and home by a join of two trees of cheapest paths is
 * long enough; but a walk that is not long enough has stretches that leave room.
 * @param shorter walks to begin with
 * @param judgeFor gives the judge of walks of a length
 * @returns walks of about the length of the task, that differ
 */
export function lengthen(
  task: RefineTask,
  shorter: Candidate[],
  judgeFor: (lengthMeters: number) => Judge,
): Candidate[] {
  const { graph, paths, lengthMeters } = task;
  let best = shorter;
  let reached = Math.max(0, ...best.map((walk) => walk.lengthMeters));
  while (best.length > 0 && reached < lengthMeters) {
    reached = Math.min(lengthMeters, LENGTHENED.by * reached);
    const pool = new CandidatePool(graph);
    const step: RefineTask = { ...task, pool, judge: judgeFor(reached), lengthMeters: reached };
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
