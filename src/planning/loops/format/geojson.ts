import type { Location } from '../../network/geodesy.js';
import type { Loop } from '../loop-request.js';

/** One day of a walk of several. */
export interface Day {
  day: number;
  /** The way to the place to sleep and back is counted. */
  lengthMeters: number;
  ascentMeters: number | null;
  descentMeters: number | null;
  durationSeconds: number;
  /** The part of the loop that is walked, from its start. */
  fromMeters: number;
  toMeters: number;
  /** null: the day ends where the loop does. */
  sleepAt: { id: string; name: string | null; kind: string; location: Location; offMeters: number } | null;
}

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

/** [lon, lat] or [lon, lat, elevation in metres]. */
export type Position = [number, number] | [number, number, number];

const round = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
};

/** 11 cm on the ground, and what RFC 7946 takes for enough. */
export const degrees = (value: number): number => round(value, 6);
export const roundedLocation = ({ lat, lon }: Location): Location => ({ lat: degrees(lat), lon: degrees(lon) });
export const tenths = (value: number): number => round(value, 1);
const tenthsOrNull = (value: number | null): number | null => (value === null ? null : tenths(value));

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
  let lons = points.map((point) => point[0]);
  if (Math.max(...lons) - Math.min(...lons) > 180) lons = lons.map((lon) => (lon < 0 ? lon + 360 : lon));
  const east = Math.max(...lons);
  const flat = [Math.min(...lons), Math.min(...lats), east > 180 ? degrees(east - 360) : east, Math.max(...lats)];
  const heights = points.flatMap((point) => point[2] ?? []);
  if (heights.length < points.length) return flat;
  return [flat[0]!, flat[1]!, Math.min(...heights), flat[2]!, flat[3]!, Math.max(...heights)];
}

/** The grade as the SAC writes it, null when no grade on the way is known. */
export const grade = (difficulty: number): string | null => (difficulty > 0 ? `T${difficulty}` : null);

export type LoopFeature = ReturnType<typeof loopFeature>;

/** One loop as a GeoJSON Feature (RFC 7946). */
export function loopFeature(loop: Loop, id: string, start: LoopStart, days?: Day[]) {
  const points = positions(loop);
  return {
    type: 'Feature' as const,
    id,
    bbox: boundingBox(points),
    geometry: { type: 'LineString' as const, coordinates: points },
    properties: {
      lengthMeters: tenths(loop.lengthMeters),
      ascentMeters: tenthsOrNull(loop.ascentMeters),
      descentMeters: tenthsOrNull(loop.descentMeters),
      durationSeconds: Math.round(loop.durationSeconds),
      overlapMeters: tenths(loop.overlapMeters),
      approachMeters: tenths(loop.approachMeters),
      trailShare: round(loop.trailShare, 3),
      difficulty: grade(loop.difficulty),
      trailhead: {
        id: start.id,
        name: start.name,
        location: roundedLocation(start),
        driveMeters: start.driveMeters === null ? null : Math.round(start.driveMeters),
        driveSeconds: start.driveSeconds === null ? null : Math.round(start.driveSeconds),
      },
      ...(days && { days }),
      names: loop.names,
      warnings: loop.warnings,
      links: { self: `/v1/loops/${id}`, gpx: `/v1/loops/${id}.gpx` },
    },
  };
}
