import { latitudeOf, longitudeOf, type WorldBox } from '../cutter/world.js';
import type { HeightGrid } from './grid.js';
import { type HeightRaster, windowOf } from './raster.js';

/** For each cell of a side: the first of the four crossings around its middle, and how much each of them counts. */
interface Splines {
  first: Int32Array;
  weights: Float32Array;
}

/** Weights of the uniform cubic B-spline: smooth up to its bend, so that a shaded relief does not show the crossings. */
function splinesOf(positions: Float64Array): Splines {
  const first = new Int32Array(positions.length);
  const weights = new Float32Array(4 * positions.length);
  for (const [i, position] of positions.entries()) {
    const whole = Math.floor(position);
    const t = position - whole;
    first[i] = whole - 1;
    weights[4 * i] = (1 - t) ** 3 / 6;
    weights[4 * i + 1] = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
    weights[4 * i + 2] = (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
    weights[4 * i + 3] = t ** 3 / 6;
  }
  return { first, weights };
}

/** A cell is known when at least so much of what makes its height is. */
const LEAST_KNOWN = 0.5;

/** Rows of crossings to rows of cells. */
function acrossRows(
  from: Float32Array,
  columns: number,
  rows: number,
  { first, weights }: Splines,
  side: number,
): Float32Array {
  const into = new Float32Array(rows * side);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < side; i++) {
      const at = row * columns + first[i];
      const w = 4 * i;
      into[row * side + i] =
        from[at] * weights[w] +
        from[at + 1] * weights[w + 1] +
        from[at + 2] * weights[w + 2] +
        from[at + 3] * weights[w + 3];
    }
  }
  return into;
}

/** Columns of crossings to columns of cells. */
function downColumns(from: Float32Array, { first, weights }: Splines, side: number): Float32Array {
  const into = new Float32Array(side * side);
  for (let i = 0; i < side; i++) {
    const at = first[i] * side;
    const [a, b, c, d] = weights.subarray(4 * i, 4 * i + 4);
    for (let column = 0; column < side; column++) {
      const k = at + column;
      into[i * side + column] = from[k] * a + from[k + side] * b + from[k + 2 * side] * c + from[k + 3 * side] * d;
    }
  }
  return into;
}

/**
 * Heights at the middles of the cells of a square of the world.
 * @param box a square
 * @param side cells along a side
 * @returns null when nobody knows a height in it
 */
export function resample(rasters: readonly HeightRaster[], box: WorldBox, side: number): HeightGrid | null {
  const cell = (box.maxX - box.minX) / side;
  const lon = Float64Array.from({ length: side }, (_, i) => longitudeOf(box.minX + (i + 0.5) * cell));
  const lat = Float64Array.from({ length: side }, (_, i) => latitudeOf(box.minY + (i + 0.5) * cell));
  const window = windowOf(rasters, { south: lat[side - 1], west: lon[0], north: lat[0], east: lon[side - 1] });
  if (!window) return null;
  const { west, north, lonStep, latStep, columns, rows, meters } = window;
  const across = splinesOf(lon.map((degrees) => (degrees - west) / lonStep));
  const down = splinesOf(lat.map((degrees) => (north - degrees) / latStep));
  const run = (values: Float32Array): Float32Array =>
    downColumns(acrossRows(values, columns, rows, across, side), down, side);
  const heights = meters as Float32Array;
  if (!heights.some(Number.isNaN)) return { side, meters: run(heights) };
  if (heights.every(Number.isNaN)) return null;
  const sums = run(heights.map((height) => (Number.isNaN(height) ? 0 : height)));
  const weights = run(heights.map((height) => (Number.isNaN(height) ? 0 : 1)));
  return { side, meters: sums.map((sum, i) => (weights[i] < LEAST_KNOWN ? Number.NaN : sum / weights[i])) };
}
