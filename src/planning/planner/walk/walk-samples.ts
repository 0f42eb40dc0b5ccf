import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import { turnDegrees } from '../../network/longitude.js';

export const SAMPLE_METERS = 10;

/** A walk as points with the step each leg belongs to. */
export interface WalkGeometry {
  /** lon, lat, elevation: three numbers a point, degrees. */
  coordinates: Float64Array;
  /** For each leg between two points, the index of its step. */
  stepOfLeg: Uint32Array;
}

/** Places every 10 m along a walk, the first one after 5 m. */
export interface WalkSamples {
  count: number;
  /** For how many metres they stand. */
  totalMeters: number;
  /** Metres to the east and to the north of the start. */
  x: Float64Array;
  y: Float64Array;
  /** The heading as a unit vector. */
  headingX: Float64Array;
  headingY: Float64Array;
  step: Uint32Array;
}

/** Kept between calls: a plan measures many walks, one after the other. */
let columns = makeColumns(4_096);

function makeColumns(size: number) {
  return {
    x: new Float64Array(size),
    y: new Float64Array(size),
    headingX: new Float64Array(size),
    headingY: new Float64Array(size),
    step: new Uint32Array(size),
  };
}

/**
 * Degrees are metres here as they are at the start of the walk.
 * @returns columns that the next call overwrites; they may be longer than `count`
 */
export function sampleWalk({ coordinates, stepOfLeg }: WalkGeometry): WalkSamples {
  const metersEast = METERS_PER_DEGREE * Math.cos((coordinates[1] * Math.PI) / 180);
  const most = mostSamples(coordinates, metersEast);
  if (columns.x.length < most) columns = makeColumns(2 * most);
  const { x, y, headingX, headingY, step } = columns;
  let next = SAMPLE_METERS / 2;
  let count = 0;
  let totalMeters = 0;
  for (let leg = 0; leg < stepOfLeg.length; leg++) {
    const at = 3 * leg;
    const east = turnDegrees(coordinates[at], coordinates[at + 3]) * metersEast;
    const north = (coordinates[at + 4] - coordinates[at + 1]) * METERS_PER_DEGREE;
    const length = Math.sqrt(east * east + north * north);
    totalMeters += length;
    if (next < length) {
      const x0 = turnDegrees(coordinates[0], coordinates[at]) * metersEast;
      const y0 = (coordinates[at + 1] - coordinates[1]) * METERS_PER_DEGREE;
      const hx = east / length;
      const hy = north / length;
      for (; next < length && count < most; next += SAMPLE_METERS) {
        x[count] = x0 + hx * next;
        y[count] = y0 + hy * next;
        headingX[count] = hx;
        headingY[count] = hy;
        step[count++] = stepOfLeg[leg];
      }
    }
    next -= length;
  }
  return { count, totalMeters, x, y, headingX, headingY, step };
}

function mostSamples(coordinates: Float64Array, metersEast: number): number {
  let meters = 0;
  for (let i = 3; i < coordinates.length; i += 3) {
    const east = turnDegrees(coordinates[i - 3], coordinates[i]) * metersEast;
    const north = (coordinates[i + 1] - coordinates[i - 2]) * METERS_PER_DEGREE;
    meters += Math.sqrt(east * east + north * north);
  }
  return Math.ceil(meters / SAMPLE_METERS) + 1;
}
