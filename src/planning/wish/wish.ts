import type { Location } from '../network/geodesy.js';
import type { LoopRequest } from '../planner/loop-request.js';
import type { Drive } from './quantities.js';

/** A place as it was given: by its coordinates or by its name. */
export type Near = { at: Location; name: null } | { at: null; name: string };

/** How far one is willing to drive, and from where. */
export interface DriveWish {
  near: Near;
  drive: Drive;
  /** No drive was given: it is the one that is taken then. */
  isDriveByDefault: boolean;
}

/** Where a walk is to begin: at a trailhead within a drive, at one trailhead, or at a point. */
export type StartWish = ({ by: 'drive' } & DriveWish) | { by: 'trailhead'; id: string } | { by: 'point'; at: Location };

/** How a long loop is to be cut. */
export interface DaysWish {
  days: number;
  /** Least and most metres of a day. */
  perDay: { min: number; max: number };
}

/** What a walk should be, understood and in units. */
export interface Wish extends LoopRequest {
  start: StartWish;
  /** null: to be walked in one go. */
  days: DaysWish | null;
}
