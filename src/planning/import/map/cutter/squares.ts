import type { FeatureColumns } from './feature-buffer.js';
import { EXTENT, POINT_BUFFER, SQUARE_ZOOM } from './layers.js';
import { grown, tileUnits, type WorldBox } from './world.js';

/** A square of the map and the features that may have something in it. */
export interface Square {
  /** May lie beyond the row, where a region goes on over the antimeridian. */
  x: number;
  y: number;
  features: Uint32Array;
}

const UNITS = tileUnits(SQUARE_ZOOM);
const MARGIN = (UNITS * POINT_BUFFER) / EXTENT;
const ROW = 2 ** SQUARE_ZOOM;

/** Which squares a box touches. */
const reach = ({ minX, minY, maxX, maxY }: WorldBox): [number, number, number, number] => [
  Math.floor(minX / UNITS),
  Math.max(0, Math.floor(minY / UNITS)),
  Math.floor(maxX / UNITS),
  Math.min(ROW - 1, Math.floor(maxY / UNITS)),
];

/**
 * The squares of a box that have features, row by row.
 * @param most squares; a box that has more is that of no honest region
 * @throws RangeError when there are more
 */
export function squaresOf(from: FeatureColumns, box: WorldBox, most: number): Square[] {
  const [left, top, right, bottom] = reach(box);
  const across = right - left + 1;
  const lists = new Map<number, number[]>();
  for (let f = 0; f < from.layer.length; f++) {
    const [minX, minY, maxX, maxY] = from.box.subarray(4 * f, 4 * f + 4);
    const [x0, y0, x1, y1] = reach(grown({ minX, minY, maxX, maxY }, MARGIN));
    // Once as it lies, once each as seen from the other side of the antimeridian.
    for (const shift of [0, ROW, -ROW]) {
      for (let y = Math.max(y0, top); y <= Math.min(y1, bottom); y++) {
        for (let x = Math.max(x0 + shift, left); x <= Math.min(x1 + shift, right); x++) {
          const key = (y - top) * across + (x - left);
          const list = lists.get(key);
          if (list) list.push(f);
          else {
            if (lists.size >= most)
              throw new RangeError('the map is larger than its file can honestly say; --no-map leaves it out');
            lists.set(key, [f]);
          }
        }
      }
    }
  }
  return [...lists.entries()]
    .sort(([a], [b]) => a - b)
    .map(([key, list]) => ({
      x: left + (key % across),
      y: top + Math.floor(key / across),
      features: Uint32Array.from(list),
    }));
}
