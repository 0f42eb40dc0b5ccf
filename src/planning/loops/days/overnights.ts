import type { Database } from '../../database/connect.js';
import { mustBeCurrent } from '../../database/stale-edition.js';
import { rangesE7, spanE7 } from '../../network/longitude.js';
import type { Stay } from '../../network/region.js';
import { turn } from '../../network/turns.js';
import type { Loop } from '../../planner/loop-request.js';
import { durationSeconds } from '../../planner/walk/describe.js';
import { climbOf } from '../../planner/walk/walk.js';
import type { DaysWish } from '../../wish/wish.js';
import { metersAlong, STAY_TO_LOOP_METERS, type Stop, splitDays, stopsBeside } from './split-days.js';

/** One day of a walk of several. */
export interface Day {
  day: number;
  /** The way to the place to sleep and back is counted. */
  lengthMeters: number;
  ascentMeters: number | null;
  descentMeters: number | null;
  /** At least, where heights are not known. */
  durationSeconds: number;
  /** The part of the loop that is walked, from its start. */
  fromMeters: number;
  toMeters: number;
  /** null: the day ends where the loop does. */
  sleepAt: { stay: Stay; offMeters: number } | null;
}

const METERS_PER_DEGREE_OF_LATITUDE = 110_500;

/** The places to sleep in the box around some loops, and a little more. */
export async function staysAround(db: Database, edition: number, loops: Loop[]): Promise<Stay[]> {
  const found = new Map<string, Stay>();
  const boxes: Box[] = [];
  for (const loop of loops) {
    await turn();
    boxes.push(...boxesOf(loop));
  }
  for (const [south, north, west, east] of boxes) {
    const rows = await db
      .selectFrom('stay')
      .select(['id', 'name', 'kind', 'lon_e7 as lonE7', 'lat_e7 as latE7'])
      .where('edition', '=', edition)
      .where('lat_e7', '>=', south)
      .where('lat_e7', '<=', north)
      .where('lon_e7', '>=', west)
      .where('lon_e7', '<=', east)
      .execute();
    for (const row of rows) found.set(row.id, { ...row, kind: row.kind as Stay['kind'] });
  }
  if (found.size === 0) await mustBeCurrent(db, edition);
  return [...found.values()];
}

/** South, north, west, east in degrees × 1e7. */
type Box = [number, number, number, number];

/** Two boxes where one would hold the antimeridian. */
function boxesOf({ coordinates }: Loop): Box[] {
  const lons = Array.from({ length: coordinates.length / 3 }, (_, i) => coordinates[3 * i]! * 1e7);
  const lats = lons.map((_, i) => coordinates[3 * i + 1]! * 1e7);
  const reachLat = (STAY_TO_LOOP_METERS / METERS_PER_DEGREE_OF_LATITUDE) * 1e7;
  const south = Math.min(...lats) - reachLat;
  const north = Math.max(...lats) + reachLat;
  const widest = Math.max(Math.abs(south), Math.abs(north)) / 1e7;
  const reachLon = reachLat / Math.max(0.01, Math.cos((widest * Math.PI) / 180));
  const span = spanE7(lons);
  const ranges = rangesE7(span.west - reachLon, span.east + reachLon);
  return ranges.map(([west, east]) => [Math.floor(south), Math.ceil(north), Math.floor(west), Math.ceil(east)]);
}

function dayOf(loop: Loop, along: Float64Array, number: number, from: Stop | null, to: Stop | null): Day {
  const begin = from?.point ?? 0;
  const end = to?.point ?? along.length - 1;
  const lengthMeters = along[end]! - along[begin]! + (from?.offMeters ?? 0) + (to?.offMeters ?? 0);
  const climb = climbOf(loop.coordinates.slice(3 * begin, 3 * (end + 1)));
  const isKnown = climb.unknownMeters === 0;
  return {
    day: number,
    lengthMeters,
    ascentMeters: isKnown ? climb.ascentMeters : null,
    descentMeters: isKnown ? climb.descentMeters : null,
    durationSeconds: durationSeconds(lengthMeters, climb.ascentMeters, climb.descentMeters),
    fromMeters: along[begin]!,
    toMeters: along[end]!,
    sleepAt: to && { stay: to.stay, offMeters: to.offMeters },
  };
}

/** @returns the days of a loop, or what is missing for them */
export async function daysOf(
  loop: Loop,
  stays: Stay[],
  wish: DaysWish,
): Promise<{ days: Day[] } | { missing: string }> {
  const along = metersAlong(loop.coordinates);
  const beside = await stopsBeside(loop.coordinates, along, stays);
  const { stops, missing } = await splitDays(beside, along.at(-1)!, wish);
  if (!stops) return { missing };
  const ends: (Stop | null)[] = [null, ...stops, null];
  return { days: ends.slice(1).map((end, i) => dayOf(loop, along, i + 1, ends[i]!, end)) };
}
