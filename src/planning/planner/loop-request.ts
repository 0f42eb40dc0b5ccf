import type { Location } from '../network/geodesy.js';
import type { Caution } from '../network/network.js';

/** No loop is longer. */
export const LONGEST_METERS = 200_000;

/** What a person wants to walk, in the planner's units. */
export interface LoopRequest {
  lengthMeters: number;
  minAscentMeters: number | null;
  maxAscentMeters: number | null;
  /** Highest T number of the SAC scale allowed; null for any. Unknown difficulty is allowed. */
  maxDifficulty: number | null;
  /** Compass degrees in which the whole loop should lie; null for anywhere. */
  directionDegrees: number | null;
  /** The day of the walk, ISO 8601; null where none is said: what is closed at times is then told. */
  date: string | null;
  /** How many loops, 1–10. */
  count: number;
  /** Another seed gives another set of loops. */
  seed: number;
}

/** Three loops of that length, whatever their ascent, difficulty and direction; but for what `more` says. */
export const plainRequest = (lengthMeters: number, more: Partial<LoopRequest> = {}): LoopRequest => ({
  lengthMeters,
  minAscentMeters: null,
  maxAscentMeters: null,
  maxDifficulty: null,
  directionDegrees: null,
  date: null,
  count: 3,
  seed: 0,
  ...more,
});

/** A closed walk from a junction back to it, with all that a response says of it. */
export interface Loop {
  /** The junction's number in its region. */
  startJunction: number;
  /** Segment number × 2, plus 1 when walked against its direction, in the order of walking. */
  steps: Uint32Array;
  /** At each junction, which of the ways out was taken: the mixed-radix digits of the loop's id (loop-id.ts). */
  exits: { choice: number; of: number }[];
  /** lon, lat in degrees and elevation in metres (NaN unknown), three numbers a point, first point = last point. */
  coordinates: Float64Array;
  lengthMeters: number;
  ascentMeters: number | null;
  descentMeters: number | null;
  /** What is known of them: the same where all heights are known, else less than the truth. */
  ascentAtLeastMeters: number;
  descentAtLeastMeters: number;
  /** Metres of which the heights are not known. */
  unknownHeightMeters: number;
  /** At least, where heights are not known. */
  durationSeconds: number;
  overlapMeters: number;
  approachMeters: number;
  /** 0–1 of the length. */
  trailShare: number;
  /** Highest known T number on the way, 0 when none is known. */
  difficulty: number;
  /** Metres of trail whose difficulty is not known. */
  ungradedMeters: number;
  /** Trails and hiking routes followed, in order, no name twice. */
  names: string[];
  /** The hiking route or the trail that is followed farthest. */
  followed: { kind: 'route' | 'trail'; name: string; meters: number } | null;
  warnings: LoopWarning[];
  /** Lower is better; comparable between loops of one request, whatever their start. */
  score: number;
}

export interface LoopWarning {
  code:
    | 'long-approach'
    | 'length-off'
    | 'ascent-off'
    | 'overlap'
    | 'unknown-difficulty'
    | 'unknown-heights'
    | 'one-way'
    | 'truncated'
    | 'closed-at-times'
    | Caution;
  detail: string;
}

/** Why a start has no loop of that length, and what is nearest to it. */
export interface Miss {
  reason: 'island' | 'too-small' | 'ascent' | 'difficulty' | 'direction' | 'not-found';
  detail: string;
  /** Length of the nearest loops that exist (one below, one above), where known. */
  nearest: { lengthMeters: number; ascentMeters: number | null }[];
}

export interface Plan {
  loops: Loop[];
  /** Set when there are no loops. */
  miss: Miss | null;
  /** The clock cut the search short: the answer depends on the machine and must not be cached. */
  truncated: boolean;
  settledNodes: number;
}

/** Where to plan from. */
export interface Start {
  /** The junction's number in its region. */
  junction: number;
  at: Location;
}
