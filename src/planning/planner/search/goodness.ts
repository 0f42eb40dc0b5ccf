import { GOOD_BEST, GOOD_OTHERS, LENGTH_OFF, OVERLAP_OFF, SCORE, WALK_LACKING } from '../weights.js';
import type { CandidatePool } from './pool.js';

/** Whether the pool holds as many good walks that differ as are wanted, and a very good one among them. */
export function hasEnough(pool: CandidatePool, count: number): boolean {
  const best = pool.best(count, GOOD_OTHERS);
  return best.length >= count && best.some(({ fault }) => fault <= GOOD_BEST);
}

/** Whether the pool holds a walk that calls for no warning. */
export function hasFair({ all }: CandidatePool): boolean {
  const most = SCORE.lengthError * LENGTH_OFF + SCORE.overlapShare * OVERLAP_OFF;
  return all.some(({ fault }) => fault <= most);
}

/** What is wrong with the best walks that differ, and that there are too few, in one number. */
export function lackOf(pool: CandidatePool, count: number): number {
  const best = pool.best(count, Number.POSITIVE_INFINITY);
  return best.reduce((sum, { score }) => sum + score, WALK_LACKING * (count - best.length));
}
