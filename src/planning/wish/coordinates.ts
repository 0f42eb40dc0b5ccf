import type { Location } from '../network/geodesy.js';
import { BadValue } from './quantities.js';

const PAIR = /^([+-]?\d{1,3}(?:\.\d{1,40})?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d{1,40})?)$/;

/** Whether a text means a pair of numbers rather than a name. */
export const looksLikeCoordinates = (text: string): boolean => /^[\s\d.,;+-]+$/.test(text) && /\d/.test(text);

/**
 * `LAT,LON` in decimal degrees.
 * @throws BadValue; when only the other order could be right, the message says so
 */
export function readCoordinates(text: string): Location {
  const match = PAIR.exec(text.trim());
  if (!match) throw new BadValue('is not LAT,LON in decimal degrees, such as 42.5565,1.5332');
  // More decimals than a point has are what computers make of a number.
  const [lat, lon] = [match[1], match[2]].map((text) => Math.round(Number(text) * 1e9) / 1e9) as [number, number];
  if (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90) {
    throw new BadValue(`looks swapped: latitude comes first; did you mean ${match[2]},${match[1]}?`);
  }
  if (Math.abs(lat) > 90) throw new BadValue(`has the latitude ${match[1]}, which is outside -90 to 90`);
  if (Math.abs(lon) > 180) throw new BadValue(`has the longitude ${match[2]}, which is outside -180 to 180`);
  return { lat, lon };
}
