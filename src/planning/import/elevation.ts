import { wrapE7 } from '../network/longitude.js';
import type { ElevationAt } from './survey.js';

const VOID = -32768;

/** No ground is lower or higher: such numbers are how programs that fill or convert tiles spell a void (-9999, 32767). */
const [LOWEST_METERS, HIGHEST_METERS] = [-600, 8_900];

/** The heights of one degree square: `side` × `side` metres, rows from north to south, edges shared with the neighbours. */
export interface HeightTile {
  side: number;
  meters: Int16Array;
}

/** How far into a void its rim may be carried, in cells: 2.7 km of three-second cells, no more. */
const MOST_ROUNDS = 30;

/**
 * Reads the bytes of a `.hgt` tile: big-endian int16, 1201 × 1201 (3″) or 3601 × 3601 (1″), -32768 for a void.
 * @throws RangeError when there is another number of bytes
 */
export function heightTile(bytes: Uint8Array): HeightTile {
  const side = bytes.length === 2 * 1201 ** 2 ? 1201 : bytes.length === 2 * 3601 ** 2 ? 3601 : 0;
  if (side === 0)
    throw new RangeError(`is no elevation tile: ${bytes.length} bytes are neither 1201² nor 3601² heights`);
  // A copy whose bytes are swapped: every machine this runs on is little endian. Threads that draw share it.
  const meters = new Int16Array(new SharedArrayBuffer(bytes.length));
  new Uint8Array(meters.buffer).set(bytes);
  Buffer.from(meters.buffer).swap16();
  for (let i = 0; i < meters.length; i++) {
    if (meters[i] < LOWEST_METERS || meters[i] > HIGHEST_METERS) meters[i] = VOID;
  }
  voidZeros(meters, side);
  return { side, meters: filled(meters, side) };
}

/** The sea has a shore: zeros that lie all round so far below the cells beside them are no ground. */
const SHORELESS_METERS = 100;

/** Takes for voids what some programs write for them: patches of zeros without a shore, such as a hole in a mountain. */
function voidZeros(meters: Int16Array, side: number): void {
  if (!meters.includes(0)) return;
  const seen = new Uint8Array(meters.length);
  // A tile of the sea is one patch.
  const patch = new Uint32Array(meters.length);
  for (let first = meters.indexOf(0); first >= 0; first = meters.indexOf(0, first + 1)) {
    if (seen[first] === 1) continue;
    let count = 1;
    patch[0] = first;
    seen[first] = 1;
    let lowest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < count; at++) {
      const i = patch[at];
      const column = i % side;
      for (const [beside, inside] of [
        [i - side, i >= side],
        [i + side, i + side < meters.length],
        [i - 1, column > 0],
        [i + 1, column < side - 1],
      ] as const) {
        if (!inside || seen[beside] === 1) continue;
        if (meters[beside] === 0) {
          seen[beside] = 1;
          patch[count++] = beside;
        } else if (meters[beside] !== VOID) lowest = Math.min(lowest, meters[beside]);
      }
    }
    if (lowest >= SHORELESS_METERS && lowest < Number.POSITIVE_INFINITY) {
      for (let at = 0; at < count; at++) meters[patch[at]] = VOID;
    }
  }
}

/** Closes voids from their rims inwards: each round, a void cell beside known ones takes their mean. */
function filled(meters: Int16Array, side: number): Int16Array {
  let voids: number[] = [];
  for (let i = 0; i < meters.length; i++) if (meters[i] === VOID) voids.push(i);
  for (let round = 0; round < MOST_ROUNDS && voids.length > 0; round++) {
    const next: number[] = [];
    const found: [number, number][] = [];
    for (const i of voids) {
      const column = i % side;
      let sum = 0;
      let known = 0;
      for (const [beside, inside] of [
        [i - side, i >= side],
        [i + side, i + side < meters.length],
        [i - 1, column > 0],
        [i + 1, column < side - 1],
      ] as const) {
        if (!inside || meters[beside] === VOID) continue;
        sum += meters[beside];
        known++;
      }
      if (known > 0) found.push([i, Math.round(sum / known)]);
      else next.push(i);
    }
    for (const [i, height] of found) meters[i] = height;
    voids = next;
  }
  return meters;
}

/** The file of the tile that holds a point in degrees, named after its south-western corner. */
export function tileName(lat: number, lon: number): string {
  const [south, west] = [Math.floor(lat), Math.floor(lon)];
  const digits = (value: number, length: number): string => String(Math.abs(value)).padStart(length, '0');
  return `${south < 0 ? 'S' : 'N'}${digits(south, 2)}${west < 0 ? 'W' : 'E'}${digits(west, 3)}`;
}

/**
 * The height between the four cells around a point (bilinear).
 * @param lat degrees above the tile's southern edge, 0–1
 * @param lon degrees from its western edge, 0–1
 * @returns metres; of cells without a height the known ones count alone, NaN when none is known
 */
export function heightIn({ side, meters }: HeightTile, lat: number, lon: number): number {
  const row = Math.min((1 - lat) * (side - 1), side - 1);
  const column = Math.min(lon * (side - 1), side - 1);
  const [top, left] = [Math.min(Math.floor(row), side - 2), Math.min(Math.floor(column), side - 2)];
  const [down, right] = [row - top, column - left];
  let sum = 0;
  let weights = 0;
  for (let corner = 0; corner < 4; corner++) {
    const [below, beside] = [corner >> 1, corner & 1];
    const height = meters[(top + below) * side + left + beside];
    const weight = (below ? down : 1 - down) * (beside ? right : 1 - right);
    if (height === VOID || weight === 0) continue;
    sum += weight * height;
    weights += weight;
  }
  return weights > 0 ? sum / weights : Number.NaN;
}

/**
 * Heights from several tiles.
 * @param load the tile of a name (`N42E001`), null when there is none; asked once for each
 */
export function elevationFrom(load: (name: string) => HeightTile | null): ElevationAt {
  const tiles = new Map<number, HeightTile | null>();
  return (lonE7, latE7) => {
    const [lat, lon] = [latE7 / 1e7, wrapE7(lonE7) / 1e7];
    const [south, west] = [Math.floor(lat), Math.floor(lon)];
    const key = south * 1_000 + west;
    let tile = tiles.get(key);
    if (tile === undefined) {
      tile = load(tileName(lat, lon));
      tiles.set(key, tile);
    }
    return tile ? heightIn(tile, lat - south, lon - west) : Number.NaN;
  };
}
