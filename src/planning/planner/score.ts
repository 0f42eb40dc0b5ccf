import type { Loop, LoopRequest } from './loop-request.js';
import { LONG_APPROACH_SHARE, SCORE } from './weights.js';

/** How far an ascent lies outside a window, as a share of the bound it misses (of at least 100 m); 0 inside. */
export function ascentMiss(ascentMeters: number, min: number | null, max: number | null): number {
  if (min !== null && ascentMeters < min) return (min - ascentMeters) / Math.max(100, min);
  if (max !== null && ascentMeters > max) return (ascentMeters - max) / Math.max(100, max);
  return 0;
}

/** What a loop lacks, in one number: 0 is perfect, 0.1 is one per cent of length error. Comparable between starts. */
export function scoreOf(
  loop: Pick<Loop, 'lengthMeters' | 'ascentMeters' | 'overlapMeters' | 'approachMeters' | 'trailShare'>,
  roundness: number,
  asked: Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters'>,
): number {
  const { lengthMeters } = loop;
  let score =
    SCORE.lengthError * Math.abs(lengthMeters / asked.lengthMeters - 1) +
    (SCORE.overlapShare * loop.overlapMeters) / lengthMeters +
    SCORE.roadShare * (1 - loop.trailShare) -
    SCORE.roundness * Math.min(SCORE.roundnessEnough, roundness);
  if (loop.ascentMeters !== null) {
    const miss = ascentMiss(loop.ascentMeters, asked.minAscentMeters, asked.maxAscentMeters);
    if (miss > 0) score += SCORE.ascentMissed + SCORE.ascentMiss * miss;
  }
  if (loop.approachMeters > LONG_APPROACH_SHARE * lengthMeters) score += SCORE.longApproach;
  return score;
}
