import type { Edition } from '../../database/editions.js';
import { degrees } from './rounding.js';

/** West, south, east, north in degrees; west is greater than east where the antimeridian lies between. */
export const boundsOf = ({ bounds: { south, west, north, east } }: Edition): number[] =>
  [west, south, east, north].map(degrees);
