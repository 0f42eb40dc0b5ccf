import { noise } from '../graph/planning-graph.js';
import {
  ASCENT_CROSS_EVERY,
  ASCENT_MOVES,
  ASCENT_REFINED,
  CROSS_EVERY,
  CROSSED,
  MOVE_SETTLED_LEAST,
  POLISH_BUDGET_SHARE,
  POLISH_COSTS_KEPT,
  POLISH_MOVES,
  POLISH_MOVES_LEAST,
  POLISH_NOISE,
  POLISH_SETTLED,
  POLISHED,
} from '../weights.js';
import type { Candidate } from './candidate.js';
import { crossWalks } from './cross.js';
import { hasEnough } from './goodness.js';
import { bestOf, replaceStretch } from './refine.js';
import type { Workspace } from './workspace.js';

/**
 * Improves what is in the pool: always a little, and a window of ascent that is still missed at length.
 * @throws SearchEnded, Cancelled
 */
export function improve(space: Workspace): void {
  if (space.aim.window === null) polish(space);
  else meetAscent(space);
}

/** Improves the best walks, and the best that differ, by what others have; not again by the same others. */
export function crossBest(space: Workspace): void {
  const { pool, crossed, request } = space;
  const differing = pool.best(request.count, Number.POSITIVE_INFINITY);
  const others = bestOf(pool, CROSSED.others);
  const mark = others.reduce((sum, { fingerprint, score }) => (Math.imul(sum, 31) + fingerprint + 1e6 * score) | 0, 0);
  const ones = new Set([...bestOf(pool, CROSSED.best), ...differing]);
  const open = [...ones].filter((one) => crossed.get(one) !== mark);
  for (const one of open) crossed.set(one, mark);
  if (open.length > 0) crossWalks(space, open, others);
}

function meetAscent(space: Workspace): void {
  const { pool, paths, aim, request } = space;
  const { best } = ASCENT_REFINED;
  let different: Candidate[] = [];
  for (let move = 0; move < ASCENT_MOVES && pool.all.length > 0 && !hasEnough(pool, request.count); move++) {
    paths.lookUp();
    const turn = Math.floor(move / best);
    if (move % best === 0) {
      if (turn % ASCENT_CROSS_EVERY === 1) {
        crossBest(space);
        if (hasEnough(pool, request.count)) return;
      }
      aim.learn(pool.all.slice(0, 20));
      paths.setBase((edge) => aim.cost(edge, turn));
      different = pool.best(best, Number.POSITIVE_INFINITY);
    }
    const before = paths.settled;
    // The best ones are often one walk and its variants, all stuck in the same place: every other turn goes to others.
    replaceStretch(space, turn % 2 === 0 ? bestOf(pool, best) : different, move, ASCENT_REFINED);
    // In a small graph a move is more work than its few nodes say.
    paths.settled = Math.max(paths.settled, before + MOVE_SETTLED_LEAST);
  }
}

/** Other costs every few moves, as from other seeds, so that the same stretch is replaced by another. */
function polish(space: Workspace): void {
  const { pool, paths, graph } = space;
  const settledMost = paths.settled + POLISH_SETTLED;
  for (let move = 0; move < POLISH_MOVES && pool.all.length > 0; move++) {
    const isEnough = paths.settled > settledMost || paths.spentShare > POLISH_BUDGET_SHARE;
    if (move >= POLISH_MOVES_LEAST && isEnough) break;
    if (move % CROSS_EVERY === 0) crossBest(space);
    paths.lookUp();
    if (move % POLISH_COSTS_KEPT === 0) {
      paths.setBase((edge) => graph.cost[edge] * (1 + POLISH_NOISE * noise(move, edge)));
    }
    replaceStretch(space, bestOf(pool, POLISHED.best), move, POLISHED);
  }
  crossBest(space);
}
