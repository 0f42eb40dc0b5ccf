import type { Edition } from '../database/editions.js';

/** Of few things half are soon gone: below this it says nothing. */
const FEWEST = 10;

const kilometers = (meters: number): string => `${Math.round(meters / 1_000)} km`;

/**
 * Whether a new edition has less than half of what the older one had, of ways, trailheads, places or stays: an extract
 * of something else most often, or one that lost its nodes on the way. Or it has no heights any more, since the folder with
 * them was not named again.
 * @returns what it would lose most of, as words that go on after “would be left with”; null when all is well
 */
export function whatItWouldLose(
  { counts: older, hasElevation: hadElevation }: Pick<Edition, 'counts' | 'hasElevation'>,
  { counts: newer, hasElevation }: Pick<Edition, 'counts' | 'hasElevation'>,
): string | null {
  const [before, now] = [older, newer].map(({ trailMeters, roadMeters }) => trailMeters + roadMeters);
  if (now < before / 2) return `${kilometers(now)} of ways instead of ${kilometers(before)}`;
  if (newer.trailMeters < older.trailMeters / 2) {
    return `${kilometers(newer.trailMeters)} of trails instead of ${kilometers(older.trailMeters)}`;
  }
  for (const what of ['trailheads', 'places', 'stays'] as const) {
    if (older[what] >= FEWEST && newer[what] < older[what] / 2)
      return `${newer[what]} ${what} instead of ${older[what]}`;
  }
  if (hadElevation && !hasElevation) return 'no ascents, which it has now (--elevation FOLDER gives them)';
  return null;
}
