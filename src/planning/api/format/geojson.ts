import type { FoundLoop, LoopStart } from '../../loops/answer.js';
import type { Day } from '../../loops/days/overnights.js';
import { spanE7 } from '../../network/longitude.js';
import { locationOf } from '../../network/region.js';
import { inTurns, type Rest, resting } from '../../network/turns.js';
import type { Loop } from '../../planner/loop-request.js';
import { cutAtAntimeridian, type Position } from './antimeridian.js';
import { degrees, round, roundedLocation, tenths, tenthsOrNull } from './rounding.js';

/** A loop's points as GeoJSON writes them, elevation left out where it is unknown. */
async function positions({ coordinates }: Pick<Loop, 'coordinates'>, rest: Rest): Promise<Position[]> {
  const points: Position[] = [];
  const take = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const [lon, lat] = [degrees(coordinates[i * 3]!), degrees(coordinates[i * 3 + 1]!)];
      const elevation = coordinates[i * 3 + 2]!;
      points.push(Number.isNaN(elevation) ? [lon, lat] : [lon, lat, tenths(elevation)]);
    }
  };
  await inTurns(coordinates.length / 3, take, rest);
  return points;
}

/**
 * West, south, (lowest,) east, north(, highest), as RFC 7946 5 says: west is greater than east when the points lie on
 * both sides of the antimeridian. Heights only when all of them are known.
 */
export function boundingBox(parts: Position[][]): number[] {
  const lonsE7: number[] = [];
  let [south, north, lowest, highest] = [Infinity, -Infinity, Infinity, -Infinity];
  let isHigh = true;
  for (const part of parts) {
    for (const [lon, lat, elevation] of part) {
      lonsE7.push(Math.round(lon * 1e7));
      south = Math.min(south, lat);
      north = Math.max(north, lat);
      if (elevation === undefined) isHigh = false;
      else [lowest, highest] = [Math.min(lowest, elevation), Math.max(highest, elevation)];
    }
  }
  const span = spanE7(lonsE7);
  const [west, east] = [span.west / 1e7, span.east / 1e7];
  return isHigh ? [west, south, lowest, east, north, highest] : [west, south, east, north];
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

export type LoopFeature = Awaited<ReturnType<typeof loopFeature>>;

/** One loop as a GeoJSON Feature (RFC 7946), made while the main loop turns. */
export async function loopFeature({ id, loop, start, days }: FoundLoop, rest: Rest = resting()) {
  const points = await positions(loop, rest);
  await rest(points.length);
  const parts = cutAtAntimeridian(points);
  await rest(points.length);
  return {
    type: 'Feature' as const,
    id,
    bbox: boundingBox(parts),
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

/** The text of a feature, and of what else stands beside its members. */
export async function featureText(feature: LoopFeature, more: object = {}, rest: Rest = resting()): Promise<string> {
  const lines: string[] = [];
  for (const part of partsOf(feature.geometry)) {
    const texts: string[] = [];
    await inTurns(part.length, (from, to) => texts.push(JSON.stringify(part.slice(from, to)).slice(1, -1)), rest);
    lines.push(`[${texts.join(',')}]`);
  }
  const { type } = feature.geometry;
  const coordinates = type === 'LineString' ? lines[0] : `[${lines.join(',')}]`;
  const { id, bbox, properties } = feature;
  const before = JSON.stringify({ type: feature.type, id, bbox }).slice(0, -1);
  const after = JSON.stringify({ properties, ...more }).slice(1);
  return `${before},"geometry":{"type":"${type}","coordinates":${coordinates}},${after}`;
}
