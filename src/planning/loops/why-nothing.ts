import type { Miss } from '../planner/loop-request.js';
import type { Nothing } from './answer.js';
import type { Origin } from './origins.js';
import type { RankedLoop } from './rank.js';

/** A start without a loop of the kind. */
export interface OriginMiss {
  miss: Miss;
  origin: Origin;
}

/** None of the loops can be cut into days: the two best of them, as they are. */
export const nothingToSleepIn = (detail: string, ranked: RankedLoop[]): Nothing => ({
  reason: 'no-stay',
  detail,
  nearest: ranked.slice(0, 2).map(({ loop: { lengthMeters, ascentMeters }, origin }) => ({
    lengthMeters,
    ascentMeters,
    trailhead: origin.told.id,
  })),
});

/** No plan was made at all. @param isBarren trailheads were there, and none has enough ways around it */
export const nowhereToStart = (isBarren: boolean): Nothing =>
  isBarren
    ? {
        reason: 'too-small',
        detail: 'All ways that a loop from a trailhead within the drive could use are shorter together than that.',
        nearest: [],
      }
    : {
        reason: 'no-trailhead',
        detail: 'No trailhead is within the drive. Accept a longer one, or give a start of your own.',
        nearest: [],
      };

/**
 * Of all starts without a loop the one that came nearest to the wish speaks for them.
 * @param misses in the order of their starts
 */
export function nearestMiss(misses: OriginMiss[], lengthMeters: number): Nothing {
  const off = (near: { lengthMeters: number }): number => Math.abs(near.lengthMeters - lengthMeters);
  const nearest = misses
    .flatMap(({ miss, origin }) => miss.nearest.map((near) => ({ ...near, trailhead: origin.told.id, miss })))
    .sort((a, b) => off(a) - off(b));
  const told = nearest[0]?.miss ?? misses[0]?.miss;
  return {
    ...(told
      ? { reason: told.reason, detail: told.detail }
      : { reason: 'not-found', detail: 'No loop of that kind was found from here.' }),
    nearest: nearest.slice(0, 2).map(({ miss: _, ...near }) => near),
  };
}
