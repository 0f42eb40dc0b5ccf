import type { Edition } from '../database/editions.js';
import type { StoredTrailhead } from '../driving/road-store.js';
import type { Location } from '../network/geodesy.js';
import type { Loop, Miss } from '../planner/loop-request.js';
import type { DriveWish, Wish } from '../wish/wish.js';
import type { Day } from './days/overnights.js';
import type { ResolvedPlace } from './place-resolver.js';

/** Where a loop starts, and what it takes to drive there. */
export interface LoopStart {
  /** null: a junction given by its coordinates. */
  id: string | null;
  name: string | null;
  lon: number;
  lat: number;
  /** null where no drive was asked for. */
  driveMeters: number | null;
  driveSeconds: number | null;
}

/** The walk begins where it begins: at a point without a name of its own. */
export const unnamedStart = (at: Location, id: string | null = null): LoopStart => ({
  id,
  name: null,
  lon: at.lon,
  lat: at.lat,
  driveMeters: null,
  driveSeconds: null,
});

/** @param drive null where no drive was asked for */
export const trailheadStart = (
  { id, name, lonE7, latE7 }: StoredTrailhead,
  drive: { meters: number; seconds: number } | null,
): LoopStart => ({
  id,
  name,
  lon: lonE7 / 1e7,
  lat: latE7 / 1e7,
  driveMeters: drive?.meters ?? null,
  driveSeconds: drive?.seconds ?? null,
});

/** One loop of an answer. */
export interface FoundLoop {
  /** Rebuilds this very loop (planner/loop-id.ts). */
  id: string;
  loop: Loop;
  start: LoopStart;
  /** null: to be walked in one go. */
  days: Day[] | null;
}

/** How trailheads were looked for. */
export interface DriveTaken extends Omit<DriveWish, 'near'> {
  place: ResolvedPlace;
  /** From the place to where the drive begins. */
  roadMeters: number;
}

/** Where loops were looked for. */
export type Searched =
  | { by: 'drive'; taken: DriveTaken; reachable: number; plannedFrom: string[] }
  | { by: 'trailhead'; id: string }
  | { by: 'point'; at: Location; junction: Location };

/** Why there is no loop, and what comes nearest. */
export interface Nothing {
  reason: Miss['reason'] | 'no-trailhead' | 'no-stay';
  detail: string;
  nearest: (Miss['nearest'][number] & { trailhead: string | null })[];
}

/** All that is found for a wish. */
export interface Answer {
  edition: Edition;
  wish: Wish;
  searched: Searched;
  /** Best first. */
  loops: FoundLoop[];
  /** Set when there are no loops. */
  nothing: Nothing | null;
  /** The clock cut a search short: the answer depends on the machine and must not be cached. */
  truncated: boolean;
  /** The work that may be done for one question was done before all its starts were planned from; the same everywhere. */
  budgetReached: boolean;
}
