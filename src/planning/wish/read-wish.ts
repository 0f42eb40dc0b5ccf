import { roundRequest } from '../planner/loop-id.js';
import { LONGEST_METERS } from '../planner/loop-request.js';
import {
  DEFAULT_COUNT,
  DEFAULT_DRIVE,
  DEFAULT_PLACES,
  DEFAULT_SEED,
  type LoopsQuery,
  loopsQuery,
  nameFaults,
  placesQuery,
  regionsQuery,
  type TrailheadsQuery,
  trailheadsQuery,
  wishFaults,
} from './loops-query.js';
import { readDrive } from './quantities.js';
import { readQuery } from './read-query.js';
import type { DaysWish, DriveWish, StartWish, Wish } from './wish.js';

const driveWish = ({ near, drive }: TrailheadsQuery): DriveWish => ({
  near,
  drive: drive ?? readDrive(DEFAULT_DRIVE),
  isDriveByDefault: drive === undefined,
});

function startWish({ near, drive, trailhead, start }: LoopsQuery): StartWish {
  if (trailhead !== undefined) return { by: 'trailhead', id: trailhead };
  if (start !== undefined) return { by: 'point', at: start };
  return { by: 'drive', ...driveWish({ near: near!, drive }) };
}

const daysWish = ({ days, perDay }: LoopsQuery): DaysWish | null =>
  days === undefined || perDay === undefined ? null : { days, perDay };

const lengthOf = ({ length, days, perDay }: LoopsQuery): number =>
  length ?? Math.min(LONGEST_METERS, (days! * (perDay!.min + perDay!.max)) / 2);

/**
 * The wish that named strings say, under the names of the API's parameters.
 * @param raw values by name; a value that is no string counts as given several times
 * @returns lengths in whole decimetres, ascents in whole metres; what was not said has its default
 * @throws UnfitQuery with every fault at once
 */
export function readWish(raw: Record<string, unknown>): Wish {
  const query = readQuery(loopsQuery, raw, { names: nameFaults, values: wishFaults });
  return roundRequest({
    start: startWish(query),
    lengthMeters: lengthOf(query),
    minAscentMeters: query.minAscent ?? null,
    maxAscentMeters: query.maxAscent ?? null,
    maxDifficulty: query.maxDifficulty ?? null,
    directionDegrees: query.direction ?? null,
    date: query.date ?? null,
    count: query.count ?? DEFAULT_COUNT,
    seed: query.seed ?? DEFAULT_SEED,
    days: daysWish(query),
  });
}

/** Where trailheads are looked for. @throws UnfitQuery */
export const readDriveWish = (raw: Record<string, unknown>): DriveWish => driveWish(readQuery(trailheadsQuery, raw));

/** The beginning of a place's name, and how many places are wanted. */
export interface PlacesWish {
  beginning: string;
  count: number;
}

/** @throws UnfitQuery */
export function readPlacesWish(raw: Record<string, unknown>): PlacesWish {
  const { q, count = DEFAULT_PLACES } = readQuery(placesQuery, raw);
  return { beginning: q, count };
}

/** Nothing may be said: any parameter is one too many. @throws UnfitQuery */
export const readNothing = (raw: Record<string, unknown>): Record<string, never> => readQuery(regionsQuery, raw);
