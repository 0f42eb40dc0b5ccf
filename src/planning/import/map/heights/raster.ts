import type { HeightTile } from '../../elevation.js';

/** Heights at the crossings of a grid in degrees, row by row from the north-western one. */
export interface HeightRaster {
  west: number;
  north: number;
  /** Degrees from one crossing to the next. */
  lonStep: number;
  latStep: number;
  columns: number;
  rows: number;
  /** Metres; `VOID` or NaN where nobody knows. */
  meters: Int16Array | Float32Array;
}

const VOID = -32768;

/** A `.hgt` tile as a raster. @param south of its south-western corner, degrees */
export const rasterOf = ({ side, meters }: HeightTile, south: number, west: number): HeightRaster => ({
  west,
  north: south + 1,
  lonStep: 1 / (side - 1),
  latStep: 1 / (side - 1),
  columns: side,
  rows: side,
  meters,
});

/** A box in degrees; east may be beyond 180. */
export interface DegreeBox {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** The raster moved by whole rounds, so that it lies as near to the box as it can. */
function beside(raster: HeightRaster, box: DegreeBox): HeightRaster {
  const middle = raster.west + (raster.columns * raster.lonStep) / 2;
  const rounds = Math.round(((box.west + box.east) / 2 - middle) / 360);
  return rounds === 0 ? raster : { ...raster, west: raster.west + 360 * rounds };
}

const eastOf = ({ west, columns, lonStep }: HeightRaster): number => west + (columns - 1) * lonStep;
const southOf = ({ north, rows, latStep }: HeightRaster): number => north - (rows - 1) * latStep;

/** Crossings beyond the box that a spline looks at. */
const RIM = 3;

/**
 * One raster of all that reach into a box, with the grid of the finest of them.
 * @returns metres, NaN where nobody knows; null when none reaches into it
 */
export function windowOf(rasters: readonly HeightRaster[], box: DegreeBox): HeightRaster | null {
  const near = rasters
    .map((raster) => beside(raster, box))
    .filter((r) => r.west <= box.east && eastOf(r) >= box.west && southOf(r) <= box.north && r.north >= box.south);
  if (near.length === 0) return null;
  const finest = near.reduce((best, raster) => (raster.latStep < best.latStep ? raster : best));
  const { lonStep, latStep } = finest;
  const left = Math.floor((box.west - finest.west) / lonStep) - RIM;
  const top = Math.floor((finest.north - box.north) / latStep) - RIM;
  const columns = Math.ceil((box.east - finest.west) / lonStep) + RIM - left + 1;
  const rows = Math.ceil((finest.north - box.south) / latStep) + RIM - top + 1;
  const window: HeightRaster = {
    west: finest.west + left * lonStep,
    north: finest.north - top * latStep,
    lonStep,
    latStep,
    columns,
    rows,
    meters: new Float32Array(columns * rows).fill(Number.NaN),
  };
  for (const raster of near) lay(raster, window);
  return window;
}

/** Lays what a raster knows into a window that does not know it yet. */
function lay(raster: HeightRaster, window: HeightRaster): void {
  for (let row = 0; row < window.rows; row++) {
    const y = (raster.north - (window.north - row * window.latStep)) / raster.latStep;
    if (y < -1e-6 || y > raster.rows - 1 + 1e-6) continue;
    for (let column = 0; column < window.columns; column++) {
      const at = row * window.columns + column;
      if (!Number.isNaN(window.meters[at])) continue;
      const x = (window.west + column * window.lonStep - raster.west) / raster.lonStep;
      if (x < -1e-6 || x > raster.columns - 1 + 1e-6) continue;
      window.meters[at] = heightAt(raster, x, y);
    }
  }
}

/** Bilinear between the four crossings around a place, most often one of them. */
function heightAt({ columns, rows, meters }: HeightRaster, x: number, y: number): number {
  const [nearX, nearY] = [Math.round(x), Math.round(y)];
  if (Math.abs(x - nearX) < 1e-6 && Math.abs(y - nearY) < 1e-6) return known(meters[nearY * columns + nearX]);
  const left = Math.min(Math.max(0, Math.floor(x)), columns - 2);
  const top = Math.min(Math.max(0, Math.floor(y)), rows - 2);
  const [right, down] = [x - left, y - top];
  const at = top * columns + left;
  const upper = known(meters[at]) * (1 - right) + known(meters[at + 1]) * right;
  const lower = known(meters[at + columns]) * (1 - right) + known(meters[at + columns + 1]) * right;
  return upper * (1 - down) + lower * down;
}

const known = (meters: number): number => (meters === VOID ? Number.NaN : meters);
