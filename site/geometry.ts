/** Longitude, latitude and, where known, metres above the sea. */
export type Position = number[];

const EARTH_RADIUS_METERS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle metres between two positions (haversine). */
export function metersBetween([lonA, latA]: Position, [lonB, latB]: Position): number {
  const half = (a: number, b: number): number => Math.sin(radians(b - a) / 2) ** 2;
  const h = half(latA!, latB!) + Math.cos(radians(latA!)) * Math.cos(radians(latB!)) * half(lonA!, lonB!);
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(h));
}

/**
 * A loop's points in one line, whose longitudes go on beyond 180 where it crosses the antimeridian.
 * @param near a longitude not far away: of loops drawn together always the same
 */
export function lineOf(
  { type, coordinates }: { type: string; coordinates: Position[] | Position[][] },
  near?: number,
): Position[] {
  const points = (type === 'MultiLineString' ? coordinates.flat() : coordinates) as Position[];
  const middle = near ?? points[0]![0]!;
  return points.map(([lon, ...rest]) => [lon! + 360 * Math.round((middle - lon!) / 360), ...rest]);
}

/** How far along the line each of its points lies, in metres. */
export function distances(line: Position[]): number[] {
  const along = [0];
  for (let i = 1; i < line.length; i++) along.push(along[i - 1]! + metersBetween(line[i - 1]!, line[i]!));
  return along;
}

/** @returns the index of the first point at or after `meters`, at least 1 */
function after(along: number[], meters: number): number {
  let [low, high] = [1, along.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (along[middle]! < meters) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns longitude, latitude, elevation? at `meters` along the line, between its points */
export function at(line: Position[], along: number[], meters: number): Position {
  const i = after(along, meters);
  const span = along[i]! - along[i - 1]! || 1;
  const share = Math.min(1, Math.max(0, (meters - along[i - 1]!) / span));
  return line[i]!.map((value, k) => line[i - 1]![k]! + (value - line[i - 1]![k]!) * share);
}

/** @returns how far along the line its point nearest to `position` lies, and how far away that is, both in metres */
export function nearestOn(line: Position[], along: number[], position: Position): { meters: number; off: number } {
  const squeeze = Math.cos(radians(position[1]!));
  const flat = ([lon, lat]: Position): [number, number] => [(lon! - position[0]!) * squeeze, lat! - position[1]!];
  let best = { meters: 0, off: Number.POSITIVE_INFINITY };
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = flat(line[i - 1]!);
    const [bx, by] = flat(line[i]!);
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
    const off = Math.hypot(ax + share * dx, ay + share * dy);
    if (off < best.off) best = { meters: along[i - 1]! + share * (along[i]! - along[i - 1]!), off };
  }
  return { meters: best.meters, off: radians(best.off) * EARTH_RADIUS_METERS };
}

/** @returns west, south, east, north of the line */
export function boxOf(line: Position[]): [number, number, number, number] {
  const box: [number, number, number, number] = [180 * 3, 90, -180 * 3, -90];
  for (const [lon, lat] of line) {
    box[0] = Math.min(box[0], lon!);
    box[1] = Math.min(box[1], lat!);
    box[2] = Math.max(box[2], lon!);
    box[3] = Math.max(box[3], lat!);
  }
  return box;
}

/** A point some metres to the east and the north of another. */
export const moved = ([lon, lat]: Position, east: number, north: number): [number, number] => [
  lon! + (east / (EARTH_RADIUS_METERS * Math.cos(radians(lat!)))) * (180 / Math.PI),
  lat! + (north / EARTH_RADIUS_METERS) * (180 / Math.PI),
];

/** 1, 2 or 5 times a power of ten, not above `most`. */
export function roundBelow(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((n) => n * power <= most) ?? 1) * power;
}
