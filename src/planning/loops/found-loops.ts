import { grade, type LoopFeature, type LoopStart } from '../api/format/geojson.js';
import { tenths } from '../api/format/rounding.js';
import type { Edition } from '../database/editions.js';
import type { Loop, LoopRequest, Miss, Start } from '../planner/loop-request.js';
import type { LoopsQuery } from '../wish/loops-query.js';
import type { DaysWish } from './days/split-days.js';

/** Where one plan begins, for the planner and for the answer. */
export interface Origin {
  start: Start;
  told: LoopStart;
}

/** What was searched: told in the answer. */
export interface Searched {
  edition: Edition;
  origins: Origin[];
  /** Trailheads were there, and none has enough ways around it. */
  barren?: boolean;
  told: Record<string, unknown>;
}

export interface Candidate {
  loop: Loop;
  origin: Origin;
}

export interface OriginMiss {
  miss: Miss;
  origin: Origin;
}

/** What all plans of a request gave together, best first. */
export interface Planned {
  ranked: Candidate[];
  misses: OriginMiss[];
  truncated: boolean;
}

export interface FoundLoops {
  edition: Edition;
  searched: Record<string, unknown>;
  features: LoopFeature[];
  /** Set when there are no loops. */
  why: { reason: Miss['reason'] | 'no-trailhead' | 'no-stay'; detail: string } | null;
  nearest: (Miss['nearest'][number] & { trailhead: string | null })[];
  truncated: boolean;
}

/** @returns null when the loop is to be walked in one go */
export const daysWishOf = ({ days, perDay }: LoopsQuery): DaysWish | null =>
  days === undefined || perDay === undefined ? null : { days, perDay };

export const daysTold = (wish: DaysWish | null) =>
  wish && { days: wish.days, perDayMeters: [wish.perDay.min, wish.perDay.max] };

/** What was understood, in the units of the answer. */
export const wishOf = ({
  lengthMeters,
  minAscentMeters,
  maxAscentMeters,
  maxDifficulty,
  directionDegrees,
  count,
  seed,
}: LoopRequest) => ({
  lengthMeters,
  minAscentMeters,
  maxAscentMeters,
  maxDifficulty: grade(maxDifficulty ?? 0),
  directionDegrees,
  count,
  seed,
});

/** Of all starts without a loop the one that came nearest to the wish speaks for them. */
export function whyNothing(
  { origins, barren }: Searched,
  { ranked, misses }: Planned,
  request: LoopRequest,
  missing: string | null,
): Pick<FoundLoops, 'why' | 'nearest'> {
  if (missing !== null) {
    const nearest = ranked.slice(0, 2).map(({ loop, origin }) => ({
      lengthMeters: tenths(loop.lengthMeters),
      ascentMeters: loop.ascentMeters === null ? null : tenths(loop.ascentMeters),
      trailhead: origin.told.id,
    }));
    return { why: { reason: 'no-stay', detail: missing }, nearest };
  }
  if (origins.length === 0) {
    if (barren) {
      const detail = 'All ways that a loop from a trailhead within the drive could use are shorter together than that.';
      return { why: { reason: 'too-small', detail }, nearest: [] };
    }
    const detail = 'No trailhead is within the drive. Accept a longer one, or give a start of your own.';
    return { why: { reason: 'no-trailhead', detail }, nearest: [] };
  }
  const off = (lengthMeters: number): number => Math.abs(lengthMeters - request.lengthMeters);
  const nearest = misses
    .flatMap(({ miss, origin }) => miss.nearest.map((near) => ({ ...near, trailhead: origin.told.id, miss })))
    .sort((a, b) => off(a.lengthMeters) - off(b.lengthMeters));
  const told = nearest[0]?.miss ?? misses[0]?.miss;
  return {
    why: told
      ? { reason: told.reason, detail: told.detail }
      : { reason: 'not-found', detail: 'No loop of that kind was found from here.' },
    nearest: nearest.slice(0, 2).map(({ lengthMeters, ascentMeters, trailhead }) => ({
      lengthMeters: tenths(lengthMeters),
      ascentMeters: ascentMeters === null ? null : tenths(ascentMeters),
      trailhead,
    })),
  };
}
