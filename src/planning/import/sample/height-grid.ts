import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import type { HeightRaster } from '../map/heights/raster.js';
import { METERS_PER_DEGREE_LON, SOUTH, WEST } from './country.js';
import { HEIGHT_METERS, type Point, type Terrain, WIDTH_METERS } from './terrain.js';

const STEP_METERS = 50;
/** Beyond the region, so that neither heights nor woods end where it does. */
const RIM_METERS = 1_500;

/** The sample's heights, computed once for all that is drawn by them: row by row from the south-western crossing. */
export interface SampleGrid {
  columns: number;
  rows: number;
  meters: Float32Array;
  /** The place of a crossing; both may be broken numbers. */
  at(column: number, row: number): Point;
  /** Bilinear; beyond the grid as at its edge. */
  heightAt(at: Point): number;
}

export function sampleGrid({ elevationAt }: Terrain): SampleGrid {
  const columns = Math.ceil((WIDTH_METERS + 2 * RIM_METERS) / STEP_METERS) + 1;
  const rows = Math.ceil((HEIGHT_METERS + 2 * RIM_METERS) / STEP_METERS) + 1;
  const meters = new Float32Array(columns * rows);
  const at = (column: number, row: number): Point => ({
    x: column * STEP_METERS - RIM_METERS,
    y: row * STEP_METERS - RIM_METERS,
  });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) meters[row * columns + column] = elevationAt(at(column, row));
  }
  const heightAt = ({ x, y }: Point): number => {
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1.001);
    const column = within((x + RIM_METERS) / STEP_METERS, columns);
    const row = within((y + RIM_METERS) / STEP_METERS, rows);
    const [left, low] = [Math.floor(column), Math.floor(row)];
    const [right, up] = [column - left, row - low];
    const i = low * columns + left;
    const lower = meters[i] * (1 - right) + meters[i + 1] * right;
    const upper = meters[i + columns] * (1 - right) + meters[i + columns + 1] * right;
    return lower * (1 - up) + upper * up;
  };
  return { columns, rows, meters, at, heightAt };
}

/** The grid as a source of heights for the map. */
export function rasterOfGrid({ columns, rows, meters }: SampleGrid): HeightRaster {
  const flipped = new Float32Array(new SharedArrayBuffer(meters.byteLength));
  for (let row = 0; row < rows; row++) {
    flipped.set(meters.subarray((rows - 1 - row) * columns, (rows - row) * columns), row * columns);
  }
  return {
    west: WEST - RIM_METERS / METERS_PER_DEGREE_LON,
    north: SOUTH + ((rows - 1) * STEP_METERS - RIM_METERS) / METERS_PER_DEGREE,
    lonStep: STEP_METERS / METERS_PER_DEGREE_LON,
    latStep: STEP_METERS / METERS_PER_DEGREE,
    columns,
    rows,
    meters: flipped,
  };
}
