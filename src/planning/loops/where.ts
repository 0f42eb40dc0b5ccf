import type { Edition } from '../database/editions.js';
import type { Location } from '../network/geodesy.js';
import { OutsideRegions } from './errors.js';

function contains({ bounds: { south, west, north, east } }: Edition, { lat, lon }: Location): boolean {
  const isBetween = (at: number) => (west <= east ? at >= west && at <= east : at >= west || at <= east);
  // 180 is -180 as well.
  return lat >= south && lat <= north && (isBetween(lon) || (Math.abs(lon) === 180 && isBetween(-lon)));
}

const size = ({ bounds: { south, west, north, east } }: Edition): number =>
  (north - south) * (east >= west ? east - west : east - west + 360);

/** The regions whose bounds hold a point, the smallest first: of an extract inside another it is the one that was meant. */
export const editionsHolding = (editions: Edition[], at: Location): Edition[] =>
  editions.filter((edition) => contains(edition, at)).sort((a, b) => size(a) - size(b));

/**
 * The same, of which there must be one.
 * @param parameter that the point was given in
 * @throws OutsideRegions, which says so when the point lies in a region with its coordinates swapped
 */
export function editionsAt(editions: Edition[], at: Location, parameter: string): Edition[] {
  const found = editionsHolding(editions, at);
  if (found.length > 0) return found;
  const swapped = { lat: at.lon, lon: at.lat };
  const mirrored = Math.abs(at.lon) <= 90 ? editions.find((edition) => contains(edition, swapped)) : undefined;
  throw new OutsideRegions(parameter, at, editions, mirrored);
}
