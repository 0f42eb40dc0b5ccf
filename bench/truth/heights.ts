import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Metres above the sea at a place; NaN where no tile has a height. */
export type HeightAt = (lon: number, lat: number) => number;

/** Heights of the `.hgt` tiles of a folder, between four cells; where one of them is a void nothing is known. */
export function heightsIn(folder: string): HeightAt {
  const tiles = new Map<string, { view: DataView; side: number }>();
  for (const name of readdirSync(folder)) {
    if (!/^[NS]\d\d[EW]\d{3}\.hgt$/i.test(name)) continue;
    const bytes = readFileSync(join(folder, name));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    tiles.set(name.slice(0, 7).toUpperCase(), { view, side: Math.sqrt(bytes.length / 2) });
  }
  const corner = (value: number, digits: number, [plus, minus]: [string, string]): string =>
    `${value < 0 ? minus : plus}${String(Math.abs(value)).padStart(digits, '0')}`;
  return (lon, lat) => {
    const [west, south] = [Math.floor(lon), Math.floor(lat)];
    const tile = tiles.get(corner(south, 2, ['N', 'S']) + corner(west, 3, ['E', 'W']));
    if (!tile) return Number.NaN;
    const cells = tile.side - 1;
    const [x, y] = [(lon - west) * cells, (1 - (lat - south)) * cells];
    const [left, top] = [Math.min(cells - 1, Math.floor(x)), Math.min(cells - 1, Math.floor(y))];
    const cell = (row: number, column: number): number => {
      const meters = tile.view.getInt16(2 * (row * tile.side + column));
      return meters === -32768 ? Number.NaN : meters;
    };
    const [right, down] = [x - left, y - top];
    const above = cell(top, left) * (1 - right) + cell(top, left + 1) * right;
    const below = cell(top + 1, left) * (1 - right) + cell(top + 1, left + 1) * right;
    return above * (1 - down) + below * down;
  };
}

/** Rises of 10 m and more, from the lowest point round to it again; null when a height is not known. */
export function ascentOf(heights: number[]): number | null {
  if (heights.length === 0 || heights.some((height) => Number.isNaN(height))) return null;
  const lowest = heights.indexOf(heights.reduce((least, height) => Math.min(least, height)));
  const round = [...heights.slice(lowest), ...heights.slice(0, lowest + 1)];
  let [low, high, total] = [round[0]!, round[0]!, 0];
  let isRising = false;
  for (const height of round) {
    if (isRising) {
      if (height > high) high = height;
      else if (high - height >= 10) {
        total += high - low;
        [low, isRising] = [height, false];
      }
    } else if (height < low) low = height;
    else if (height - low >= 10) [high, isRising] = [height, true];
  }
  return total + (isRising ? high - low : 0);
}
