/** Longitudes here are degrees × 1e7 unless said otherwise; 180 and -180 are one and the same meridian. */
export const ROUND_E7 = 3.6e9;
export const HALF_E7 = 1.8e9;

/** From a to b the short way round the earth, positive to the east. */
export function turnE7(a: number, b: number): number {
  const turn = b - a;
  return turn > HALF_E7 ? turn - ROUND_E7 : turn < -HALF_E7 ? turn + ROUND_E7 : turn;
}

/** The same for degrees. */
export function turnDegrees(a: number, b: number): number {
  const turn = b - a;
  return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
}

/** The same meridian, from -180 up to but not including 180. */
export const wrapE7 = (lonE7: number): number =>
  lonE7 >= -HALF_E7 && lonE7 < HALF_E7 ? lonE7 : lonE7 - ROUND_E7 * Math.floor((lonE7 + HALF_E7) / ROUND_E7);

/**
 * The narrower of the two boxes around some longitudes that are bounded at 0 or at the antimeridian.
 * @param lonsE7 each from -180 to 180; at least one
 * @returns from west eastwards to east; west is greater when the box holds the antimeridian inside (RFC 7946 5.2)
 */
export function spanE7(lonsE7: ArrayLike<number>): { west: number; east: number } {
  let [west, east] = [lonsE7[0], lonsE7[0]];
  // Of the western hemisphere the end nearest to 0, of the eastern one likewise.
  let [last, first] = [-Infinity, Infinity];
  for (let i = 0; i < lonsE7.length; i++) {
    const lon = lonsE7[i];
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lon < 0) last = Math.max(last, lon);
    else first = Math.min(first, lon);
  }
  const across = east < 0 || west >= 0 ? Infinity : last - first + ROUND_E7;
  if (east - west <= across) return { west, east };
  if (last === -HALF_E7) return { west: first, east: HALF_E7 };
  if (first === HALF_E7) return { west: -HALF_E7, east: last };
  return { west: first, east: last };
}

/**
 * What to look for, in columns that hold longitudes from -180 to 180, to find all from west eastwards to east.
 * @param west may be below -180
 * @param east may be above 180; less than west when it lies beyond the antimeridian
 * @returns one or two ranges, both ends included
 */
export function rangesE7(west: number, east: number): [from: number, to: number][] {
  const width = east < west ? east - west + ROUND_E7 : east - west;
  if (width >= ROUND_E7) return [[-HALF_E7, HALF_E7]];
  const from = wrapE7(west);
  const to = from + width;
  if (to >= HALF_E7) {
    return [
      [from, HALF_E7],
      [-HALF_E7, to - ROUND_E7],
    ];
  }
  if (from > -HALF_E7) return [[from, to]];
  return [
    [HALF_E7, HALF_E7],
    [from, to],
  ];
}
