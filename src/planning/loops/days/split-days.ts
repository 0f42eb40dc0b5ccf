import { distanceMetersE7 } from '../../network/geodesy.js';
import type { Stay } from '../../network/region.js';
import { turn } from '../../network/turns.js';
import type { DaysWish } from '../../wish/wish.js';

/** A place to sleep may be so far from the loop; the way there and back is walked and counted. */
export const STAY_TO_LOOP_METERS = 500;

/** Of points and places to sleep so many pairs are looked at between two turns: a millisecond. */
const LOOKED_PER_TURN = 50_000;

/** A place to sleep beside a loop, once for each time that the loop comes by. */
export interface Stop {
  stay: Stay;
  /** The point of the loop nearest to it, by its index, and how far along that is. */
  point: number;
  alongMeters: number;
  offMeters: number;
}

/** Metres walked up to each point of a loop. */
export function metersAlong(coordinates: Float64Array): Float64Array {
  const along = new Float64Array(coordinates.length / 3);
  for (let i = 1; i < along.length; i++) {
    const at = 3 * i;
    along[i] =
      along[i - 1]! +
      distanceMetersE7(
        coordinates[at - 3]! * 1e7,
        coordinates[at - 2]! * 1e7,
        coordinates[at]! * 1e7,
        coordinates[at + 1]! * 1e7,
      );
  }
  return along;
}

const METERS_PER_DEGREE_OF_LATITUDE = 110_500;
/** No point that is farther off in latitude alone is near enough: most are told by that, without a cosine. */
const REACH_LAT = (1.01 * STAY_TO_LOOP_METERS) / METERS_PER_DEGREE_OF_LATITUDE;

/** The places to sleep beside a loop in the order of walking, looked for while the main loop turns. */
export async function stopsBeside(
  coordinates: Float64Array,
  along: Float64Array,
  stays: Stay[],
  rest: () => Promise<void> = turn,
): Promise<Stop[]> {
  const stops: Stop[] = [];
  let looked = 0;
  for (const stay of stays) {
    looked += along.length;
    if (looked >= LOOKED_PER_TURN) {
      looked = 0;
      await rest();
    }
    let best: Stop | null = null;
    const lat = stay.latE7 / 1e7;
    for (let point = 0; point < along.length; point++) {
      const offMeters =
        Math.abs(coordinates[3 * point + 1]! - lat) > REACH_LAT
          ? Number.POSITIVE_INFINITY
          : distanceMetersE7(coordinates[3 * point]! * 1e7, coordinates[3 * point + 1]! * 1e7, stay.lonE7, stay.latE7);
      if (offMeters <= STAY_TO_LOOP_METERS) {
        if (!best || offMeters < best.offMeters) best = { stay, point, alongMeters: along[point]!, offMeters };
      } else if (best) {
        stops.push(best);
        best = null;
      }
    }
    if (best) stops.push(best);
  }
  return stops.sort((a, b) => a.alongMeters - b.alongMeters || (a.stay.id < b.stay.id ? -1 : 1));
}

/** Either where to sleep, one place fewer than days, or what is missing. */
export type Split = { stops: Stop[]; missing: null } | { stops: null; missing: string };

const km = (meters: number): string => (meters / 1000).toFixed(1);

/**
 * Cuts a walk into days that are each within the window, the way to a place to sleep and back counted, as even as the
 * places allow (dynamic programming over the places in order; the sum of squared differences from the mean is least).
 * The main loop turns meanwhile.
 */
export async function splitDays(
  stops: Stop[],
  totalMeters: number,
  { days, perDay }: DaysWish,
  rest: () => Promise<void> = turn,
): Promise<Split> {
  const mean = totalMeters / days;
  const fits = (meters: number): boolean => meters >= perDay.min && meters <= perDay.max;
  interface Night {
    cost: number;
    before: number;
  }
  // One night after another: which places can be reached at the end of that day, and how evenly.
  let nights: (Night | undefined)[] = [];
  const history: (Night | undefined)[][] = [];
  let looked = 0;
  for (let day = 1; day < days; day++) {
    const reached: (Night | undefined)[] = [];
    for (const [i, stop] of stops.entries()) {
      looked += i;
      if (looked >= LOOKED_PER_TURN) {
        looked = 0;
        await rest();
      }
      let best: Night | undefined;
      for (let before = -1; before < i; before++) {
        const night = nights[before];
        if (day === 1 ? before >= 0 : !night) continue;
        const from = before < 0 ? { alongMeters: 0, offMeters: 0 } : stops[before]!;
        const meters = stop.alongMeters - from.alongMeters + from.offMeters + stop.offMeters;
        if (!fits(meters)) continue;
        const cost = (night?.cost ?? 0) + (meters - mean) ** 2;
        if (!best || cost < best.cost) best = { cost, before };
      }
      reached.push(best);
    }
    if (!reached.some(Boolean)) {
      const ends = nights.flatMap((night, i) => (night ? stops[i]!.alongMeters : []));
      const [first, last] = day === 1 ? [0, 0] : [Math.min(...ends), Math.max(...ends)];
      const window = `${km(first + perDay.min)} and ${km(Math.min(totalMeters, last + perDay.max))} km of the way`;
      return {
        stops: null,
        missing: `No place to sleep is within ${STAY_TO_LOOP_METERS} m between ${window}, where day ${day} has to end.`,
      };
    }
    nights = reached;
    history.push(reached);
  }
  let end = -1;
  let least = Infinity;
  for (const [i, night] of nights.entries()) {
    if (!night) continue;
    const meters = totalMeters - stops[i]!.alongMeters + stops[i]!.offMeters;
    const cost = night.cost + (meters - mean) ** 2;
    if (fits(meters) && cost < least) [end, least] = [i, cost];
  }
  if (end < 0) {
    return {
      stops: null,
      missing: `From no place to sleep are ${km(perDay.min)} to ${km(perDay.max)} km left for the last day.`,
    };
  }
  const chosen: Stop[] = [];
  for (const reached of history.reverse()) {
    chosen.unshift(stops[end]!);
    end = reached[end]!.before;
  }
  return { stops: chosen, missing: null };
}
