/** What a segment is underfoot. The order is stored: add at the end, never reorder. */
export const KINDS = [
  'path',
  'footway',
  'track',
  'bridleway',
  'steps',
  'pedestrian',
  'living_street',
  'service',
  'residential',
  'unclassified',
  'tertiary',
  'secondary',
  'primary',
  'cycleway',
  'pavement',
  'square',
  'platform',
  'pier',
  'corridor',
  'road',
  'trunk',
] as const;
export type Kind = (typeof KINDS)[number];

/** The others join the trails but are not what a hiker came for: roads, and what a town has for those on foot. */
const TRAILS: ReadonlySet<Kind> = new Set(['path', 'footway', 'track', 'bridleway', 'steps', 'cycleway', 'pier']);
const IS_TRAIL = Uint8Array.from(KINDS, (kind) => Number(TRAILS.has(kind)));

/** @param kind index into KINDS */
export function isTrail(kind: number): boolean {
  return IS_TRAIL[kind] === 1;
}

/** What a walker must be told of a segment; bit i of `cautions` is entry i. The order is stored. */
export const CAUTIONS = [
  'via-ferrata',
  'secured-climb',
  'ford',
  'hard-to-find',
  'military',
  'fast-road',
  'limited-access',
  'unclear-access',
  'disused',
  'tidal',
  'hazard',
  'ice',
] as const;
export type Caution = (typeof CAUTIONS)[number];
export const cautionBit = (caution: Caution): number => 1 << CAUTIONS.indexOf(caution);

/** Surface classes, coarse on purpose; 0 is unknown. The order is stored. */
export const SURFACES = ['unknown', 'paved', 'compacted', 'unpaved', 'rocky'] as const;

/** `trail_visibility`; 0 is unknown, 1 the best. */
export const VISIBILITIES = ['unknown', 'excellent', 'good', 'intermediate', 'bad', 'horrible', 'no'] as const;

export const WALK_FORWARD = 1;
export const WALK_BACKWARD = 2;
export const WALK_BOTH_WAYS = WALK_FORWARD | WALK_BACKWARD;

/** Elevations are kept in half metres; this one says that nobody knows. */
export const UNKNOWN_ELEVATION = -32768;

/** What is known of each junction. */
interface JunctionColumns {
  /** The junction's number in its region. */
  junctionId: Uint32Array;
  junctionLonE7: Int32Array;
  junctionLatE7: Int32Array;
}

/** What is known of each segment. */
interface SegmentColumns {
  /** The segment's number in its region. */
  segmentId: Uint32Array;
  /** Indexes of the junctions at its ends. */
  from: Uint32Array;
  to: Uint32Array;
  lengthMeters: Float64Array;
  ascentMeters: Float32Array;
  descentMeters: Float32Array;
  /** Index into KINDS. */
  kind: Uint8Array;
  /** Index into SURFACES. */
  surface: Uint8Array;
  /** T number of the SAC scale, 0 unknown. */
  difficulty: Uint8Array;
  /** Index into VISIBILITIES. */
  visibility: Uint8Array;
  /** WALK_FORWARD, WALK_BACKWARD or, nearly always, WALK_BOTH_WAYS; 0 where it is closed unless a date opens it. */
  walkable: Uint8Array;
  /** Bits after CAUTIONS. */
  cautions: Uint32Array;
  /** When it is closed, or else open (network/closings.ts): index into the strings, the empty one when always as it is. */
  closing: Uint32Array;
  name: Uint32Array;
  routeOffset: Uint32Array;
  routes: Uint32Array;
  pointOffset: Uint32Array;
  pointLonE7: Int32Array;
  pointLatE7: Int32Array;
  /** Half metres above the sea, UNKNOWN_ELEVATION where nobody knows. */
  pointElevation: Int16Array;
}

/**
 * Columns of equal index describe one junction, one segment, one point. Coordinates are degrees × 1e7, longitude and
 * latitude apart.
 *
 * - A junction is where three or more segments meet, where one ends, or where a trailhead is entered.
 * - A segment runs `from` → `to` through points `pointOffset[s] … pointOffset[s + 1]` (both junctions included).
 *   Two segments may join the same two junctions, and a segment may end where it began.
 * - `ascentMeters` and `descentMeters` are those of the walk `from` → `to`; walked backwards they change places.
 *   NaN where the elevation is unknown, never zero. They are for show and rough estimates only: ascent under a hysteresis
 *   is not additive, so a loop's own ascent comes from its whole profile.
 * - `strings[0]` is the empty string; `name` and `routes` index into it. `routes` are the hiking routes that follow
 *   the segment: `routeOffset[s] … routeOffset[s + 1]` into `routes`.
 */
export interface NetworkColumns extends JunctionColumns, SegmentColumns {}

/** The walkable network of a whole region: a junction's or segment's number is its index. */
export interface Network extends NetworkColumns {
  junctionCount: number;
  segmentCount: number;
  strings: string[];
}
