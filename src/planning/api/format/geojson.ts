import type { FoundLoop, LoopStart } from '../../loops/answer.js';
import type { Day } from '../../loops/days/overnights.js';
import { spanE7 } from '../../network/longitude.js';
import { locationOf } from '../../network/region.js';
import type { Loop } from '../../planner/loop-request.js';
import { cutAtAntimeridian, type Position } from './antimeridian.js';
import { degrees, round, roundedLocation, tenths, tenthsOrNull } from './rounding.js';

/** A loop's points as GeoJSON writes them, elevation left out where it is unknown. */
function positions({ coordinates }: Pick<Loop, 'coordinates'>): Position[] {
  return Array.from({ length: coordinates.length / 3 }, (_, i) => {
    const [lon, lat, elevation] = [coordinates[i * 3]!, coordinates[i * 3 + 1]!, coordinates[i * 3 + 2]!];
    return Number.isNaN(elevation) ? [degrees(lon), degrees(lat)] : [degrees(lon), degrees(lat), tenths(elevation)];
  });
}

/**
 * West, south, (lowest,) east, north(, highest), as RFC 7946 5 says: west is greater than east when the points lie on
 * both sides of the antimeridian. Heights only when all of them are known.
 */
export function boundingBox(points: Position[]): number[] {
  const lats = points.map((point) => point[1]);
  const span = spanE7(points.map((point) => Math.round(point[0] * 1e7)));
  const [west, south, east, north] = [span.west / 1e7, Math.min(...lats), span.east / 1e7, Math.max(...lats)];
  const heights = points.flatMap((point) => point[2] ?? []);
  if (heights.length < points.length) return [west, south, east, north];
  return [west, south, Math.min(...heights), east, north, Math.max(...heights)];
}

/** A line, in as many parts as the antimeridian cuts it into. */
type LineGeometry =
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'MultiLineString'; coordinates: Position[][] };

function lineGeometry(parts: Position[][]): LineGeometry {
  return parts.length === 1
    ? { type: 'LineString', coordinates: parts[0]! }
    : { type: 'MultiLineString', coordinates: parts };
}

/** The parts of a line, one where it is whole. */
export const partsOf = (geometry: LineGeometry): Position[][] =>
  geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;

/** The grade as the SAC writes it, null when no grade on the way is known. */
export const grade = (difficulty: number): string | null => (difficulty > 0 ? `T${difficulty}` : null);

const toldDay = ({ day, lengthMeters, ascentMeters, descentMeters, durationSeconds, ...part }: Day) => ({
  day,
  lengthMeters: tenths(lengthMeters),
  ascentMeters: tenthsOrNull(ascentMeters),
  descentMeters: tenthsOrNull(descentMeters),
  durationSeconds,
  fromMeters: tenths(part.fromMeters),
  toMeters: tenths(part.toMeters),
  sleepAt: part.sleepAt && {
    id: part.sleepAt.stay.id,
    name: part.sleepAt.stay.name,
    kind: part.sleepAt.stay.kind,
    location: roundedLocation(locationOf(part.sleepAt.stay)),
    offMeters: Math.round(part.sleepAt.offMeters),
  },
});

/** Of the way, from which share on a loop is called after what it follows. */
const TITLE_SHARE = 0.5;

/** What a loop may be called after: the route or trail that most of it follows, else where it begins; null when neither has a name. */
function titleOf(
  { followed, lengthMeters }: Loop,
  start: LoopStart,
): { kind: 'route' | 'trail' | 'trailhead'; name: string } | null {
  if (followed && followed.meters >= TITLE_SHARE * lengthMeters) return { kind: followed.kind, name: followed.name };
  return start.name === null ? null : { kind: 'trailhead', name: start.name };
}

export type LoopFeature = ReturnType<typeof loopFeature>;

/** One loop as a GeoJSON Feature (RFC 7946). */
export function loopFeature({ id, loop, start, days }: FoundLoop) {
  const parts = cutAtAntimeridian(positions(loop));
  return {
    type: 'Feature' as const,
    id,
    bbox: boundingBox(parts.flat()),
    geometry: lineGeometry(parts),
    properties: {
      lengthMeters: tenths(loop.lengthMeters),
      ascentMeters: tenthsOrNull(loop.ascentMeters),
      descentMeters: tenthsOrNull(loop.descentMeters),
      ascentAtLeastMeters: tenths(loop.ascentAtLeastMeters),
      descentAtLeastMeters: tenths(loop.descentAtLeastMeters),
      unknownHeightMeters: tenths(loop.unknownHeightMeters),
      durationSeconds: Math.round(loop.durationSeconds),
      overlapMeters: tenths(loop.overlapMeters),
      approachMeters: tenths(loop.approachMeters),
      trailShare: round(loop.trailShare, 3),
      difficulty: grade(loop.difficulty),
      ungradedMeters: tenths(loop.ungradedMeters),
      trailhead: {
        id: start.id,
        name: start.name,
        location: roundedLocation(start),
        driveMeters: start.driveMeters === null ? null : Math.round(start.driveMeters),
        driveSeconds: start.driveSeconds === null ? null : Math.round(start.driveSeconds),
      },
      ...(days && { days: days.map(toldDay) }),
      title: titleOf(loop, start),
      names: loop.names,
      warnings: loop.warnings,
      links: { self: `/v1/loops/${id}`, gpx: `/v1/loops/${id}.gpx` },
    },
  };
}
