import type { Edition } from '../database/editions.js';

const { PI, atan, floor, sinh } = Math;

const latitudeOf = (y: number, rows: number): number => (atan(sinh(PI * (1 - (2 * y) / rows))) * 180) / PI;

/** So much of a tile around it is looked at as well: what is drawn reaches a little beyond the region. */
const RIM = 0.05;

/**
 * Whether a tile of the web's maps reaches into some bounds, or nearly.
 * @param bounds degrees; west is greater than east where the antimeridian lies between
 */
export function meetsTile({ south, west, north, east }: Edition['bounds'], z: number, x: number, y: number): boolean {
  const row = 2 ** z;
  if (latitudeOf(y + 1 + RIM, row) > north || latitudeOf(y - RIM, row) < south) return false;
  const tileWest = ((x - RIM) / row) * 360 - 180;
  const tileEast = ((x + 1 + RIM) / row) * 360 - 180;
  const width = east < west ? east - west + 360 : east - west;
  // The bounds moved by whole rounds to begin at the tile or just before it.
  const begins = west + 360 * floor((tileEast - west) / 360);
  return begins + width >= tileWest;
}
