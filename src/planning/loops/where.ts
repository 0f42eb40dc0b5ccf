import { Problem } from '../../runtime/door.js';
import type { Edition } from '../database/editions.js';
import { type Location } from '../network/geodesy.js';
import { degrees } from './format/rounding.js';
import { noElevation, outsideRegions } from './problems.js';

function contains({ bounds: { south, west, north, east } }: Edition, { lat, lon }: Location): boolean {
  const isBetween = (at: number) => (west <= east ? at >= west && at <= east : at >= west || at <= east);
  // 180 is -180 as well.
  return lat >= south && lat <= north && (isBetween(lon) || (Math.abs(lon) === 180 && isBetween(-lon)));
}

const size = ({ bounds: { south, west, north, east } }: Edition): number =>
  (north - south) * (east >= west ? east - west : east - west + 360);

/** West, south, east, north in degrees; west is greater than east where the antimeridian lies between. */
export const boundsOf = ({ bounds: { south, west, north, east } }: Edition): number[] =>
  [west, south, east, north].map(degrees);

/**
 * The regions whose bounds hold a point, the smallest first: of an extract inside another it is the one that was meant.
 * @param parameter that the point was given in
 * @throws Problem outside-regions, which says so when the point lies in a region with its coordinates swapped
 */
export function editionsAt(editions: Edition[], at: Location, parameter: string): Edition[] {
  const found = editions.filter((edition) => contains(edition, at)).sort((a, b) => size(a) - size(b));
  if (found.length > 0) return found;
  const swapped = { lat: at.lon, lon: at.lat };
  const mirrored = Math.abs(at.lon) <= 90 ? editions.find((edition) => contains(edition, swapped)) : undefined;
  const given = `${at.lat},${at.lon}`;
  const names = editions.map(({ region }) => region).join(', ');
  const detail = mirrored
    ? `${given} is outside every region, but the other way round it is in ${mirrored.region}: latitude comes first, did you mean ${parameter}=${at.lon},${at.lat}?`
    : editions.length > 0
      ? `${given} is outside every region. There is data for ${names}.`
      : `${given} is outside every region: no region has been imported yet.`;
  throw new Problem(outsideRegions, detail, {
    regions: editions.map((edition) => ({ name: edition.region, bbox: boundsOf(edition) })),
    errors: [{ parameter, given, accepted: `a point inside ${names || 'a region'}`, detail }],
  });
}

/** @throws Problem no-elevation when an ascent is asked for where none is known */
export function mustHaveElevation(edition: Edition, query: { minAscent?: number; maxAscent?: number }): void {
  const asked = (['minAscent', 'maxAscent'] as const).filter((name) => query[name] !== undefined);
  if (edition.hasElevation || asked.length === 0) return;
  const detail = `The elevation of ${edition.region} is unknown, so no ascent can be asked for there.`;
  throw new Problem(noElevation, detail, { errors: asked.map((parameter) => ({ parameter, detail })) });
}
