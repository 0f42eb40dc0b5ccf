import type { Course } from '../map/cutter/feature-writer.js';
import { isolines } from '../map/heights/isolines.js';
import { polygonsOf, type Ring } from '../map/rings.js';
import { latE7, lonE7 } from './country.js';
import type { SampleGrid } from './height-grid.js';
import { noise } from './random.js';

/** Ground of a kind and the polygons it covers. */
export interface Cover {
  kind: string;
  polygons: Course[][];
}

/** How much of a kind there is at a place: there is some where it is above zero. */
type Amount = (place: { height: number; slope: number; coarse: number; fine: number }) => number;

/** From the valleys upwards, each as wild as the noise lets it be. */
const AMOUNTS: Record<string, Amount> = {
  grass: ({ height, coarse }) => (1_790 + 90 * coarse - height) / 100,
  wood: ({ height, slope, coarse, fine }) =>
    Math.min((1_480 + 150 * coarse + 70 * fine - height) / 100, (slope - 0.13) * 6 + 0.9 * coarse + 0.5 * fine),
  scrub: ({ height, coarse, fine }) => 0.75 - Math.abs(height - 1_530 - 130 * coarse) / 110 + 0.9 * fine,
  heath: ({ height, coarse, fine }) => 0.7 - Math.abs(height - 1_680 - 80 * fine) / 160 - 0.8 * coarse,
  scree: ({ height, slope, fine }) => Math.min((height - 1_560) / 120, (slope - 0.52) * 5 + 0.7 * fine),
  rock: ({ height, slope, coarse, fine }) =>
    Math.min((height - 1_620) / 100, Math.max((height - 1_880 - 60 * coarse) / 80, (slope - 0.74) * 6 + 0.6 * fine)),
};

/** Woods, meadows, heath, scree and rock as bands of height and slope that noise frays. */
export function groundOf(grid: SampleGrid, seed: number): Cover[] {
  // A square, because lines of equal amount are drawn in one; with a rim of nothing, so that all of them close.
  const side = Math.max(grid.columns, grid.rows) + 2;
  const places = Array.from({ length: grid.columns * grid.rows }, (_, i) => {
    const [column, row] = [i % grid.columns, Math.floor(i / grid.columns)];
    const { x, y } = grid.at(column, row);
    return {
      height: grid.meters[i],
      slope: slopeAt(grid, column, row),
      coarse: noise(seed + 91, x / 1_300, y / 1_300),
      fine: noise(seed + 92, x / 360, y / 360),
    };
  });
  return Object.entries(AMOUNTS).map(([kind, amount]) => {
    const meters = new Float32Array(side * side).fill(-1);
    for (const [i, place] of places.entries()) {
      const [column, row] = [i % grid.columns, Math.floor(i / grid.columns)];
      // One level at zero, and none above.
      meters[(row + 1) * side + column + 1] = Math.min(0.9, Math.max(-0.9, amount(place)));
    }
    const lines = isolines({ side, meters: meters.map((value) => value + 1) }, 1);
    const outer: Ring[] = [];
    const holes: Ring[] = [];
    for (const line of lines) {
      const at = Array.from(line.x, (x, i) => grid.at(x - 1, line.y[i] - 1));
      const ring = { lonE7: Int32Array.from(at, lonE7), latE7: Int32Array.from(at, latE7) };
      // What is high lies to the left of a line.
      (isClockwise(line) ? holes : outer).push(ring);
    }
    return { kind, polygons: polygonsOf(outer, holes) };
  });
}

/** Rise over run between the neighbours of a crossing. */
function slopeAt({ columns, rows, meters }: SampleGrid, column: number, row: number): number {
  const [west, east] = [Math.max(0, column - 1), Math.min(columns - 1, column + 1)];
  const [south, north] = [Math.max(0, row - 1), Math.min(rows - 1, row + 1)];
  const across = (meters[row * columns + east] - meters[row * columns + west]) / (50 * (east - west));
  const along = (meters[north * columns + column] - meters[south * columns + column]) / (50 * (north - south));
  return Math.hypot(across, along);
}

/** As seen with rows that count downwards. */
function isClockwise({ x, y }: { x: number[]; y: number[] }): boolean {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += x[i] * y[i + 1] - x[i + 1] * y[i];
  return sum > 0;
}
