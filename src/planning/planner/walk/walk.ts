import { type Area, isWalkableSometimes, tailOf } from '../../network/area.js';
import { distanceMetersE7 } from '../../network/geodesy.js';
import { turnDegrees } from '../../network/longitude.js';
import { UNKNOWN_ELEVATION } from '../../network/network.js';
import { AscentMeter } from '../../network/turning-points.js';
import type { WalkGeometry } from './walk-samples.js';

/** Points of a half-edge in the order of walking: first, last and step of the index into its tile's point columns. */
function pointsOf(area: Area, half: number) {
  const segment = half >> 1;
  const { columns } = area.tiles[area.tileOf[segment]];
  const slot = area.slotOf[segment];
  const start = columns.pointOffset[slot];
  const end = columns.pointOffset[slot + 1] - 1;
  return half & 1
    ? { columns, first: end, count: end - start + 1, step: -1 }
    : { columns, first: start, count: end - start + 1, step: 1 };
}

/**
 * Which half-edges leave a junction, in an order that depends on nothing but their course: by longitude and latitude of
 * the next point, then of the one after. Numbers of segments change with each import, the course of a trail seldom.
 * What is closed at times counts: an id holds no date.
 */
export function exitsAt(area: Area, junction: number): number[] {
  const exits: number[] = [];
  for (let k = area.exitOffset[junction]; k < area.exitOffset[junction + 1]; k++) {
    if (isWalkableSometimes(area, area.exits[k])) exits.push(area.exits[k]);
  }
  return exits.length > 1 ? exits.sort((a, b) => compareCourse(area, a, b)) : exits;
}

function compareCourse(area: Area, a: number, b: number): number {
  const one = pointsOf(area, a);
  const two = pointsOf(area, b);
  for (let i = 1; i < one.count && i < two.count; i++) {
    const p = one.first + i * one.step;
    const q = two.first + i * two.step;
    const order =
      one.columns.pointLonE7[p] - two.columns.pointLonE7[q] || one.columns.pointLatE7[p] - two.columns.pointLatE7[q];
    if (order !== 0) return order;
  }
  return one.count - two.count || area.segmentId[a >> 1] - area.segmentId[b >> 1] || a - b;
}

/** For each step, which of the exits of its junction, in the order of `exitsAt`, it takes: as many as come before it. */
export function exitsTaken(area: Area, steps: ArrayLike<number>): { choice: number; of: number }[] {
  return Array.from(steps, (half) => {
    const junction = tailOf(area, half);
    let choice = 0;
    let of = 0;
    for (let k = area.exitOffset[junction]; k < area.exitOffset[junction + 1]; k++) {
      const other = area.exits[k];
      if (!isWalkableSometimes(area, other)) continue;
      of++;
      if (other !== half && compareCourse(area, other, half) < 0) choice++;
    }
    return { choice, of };
  });
}

/** The points of a walk, junctions between steps once. */
export function walkGeometry(area: Area, steps: ArrayLike<number>): WalkGeometry {
  let points = 1;
  for (let i = 0; i < steps.length; i++) points += pointsOf(area, steps[i]).count - 1;
  const coordinates = new Float64Array(3 * points);
  const stepOfLeg = new Uint32Array(points - 1);
  let at = 0;
  for (let i = 0; i < steps.length; i++) {
    const { columns, first, count, step } = pointsOf(area, steps[i]);
    for (let k = i === 0 ? 0 : 1; k < count; k++) {
      const p = first + k * step;
      if (k > 0) stepOfLeg[at - 1] = i;
      coordinates[3 * at] = columns.pointLonE7[p] / 1e7;
      coordinates[3 * at + 1] = columns.pointLatE7[p] / 1e7;
      const elevation = columns.pointElevation[p];
      coordinates[3 * at + 2] = elevation === UNKNOWN_ELEVATION ? Number.NaN : elevation / 2;
      at++;
    }
  }
  return { coordinates, stepOfLeg };
}

/** What is known of the ups and downs of a walk. */
export interface Climb {
  /** Of the stretches with known heights: where some are not, more in truth. */
  ascentMeters: number;
  descentMeters: number;
  /** Metres between points of which at least one has no height. */
  unknownMeters: number;
}

/**
 * Ascent and descent of a profile under the hysteresis of 10 m. A closed walk is measured from its lowest point, for from
 * a slope the last rise or fall may be less than 10 m and ascent and descent would differ.
 */
export function climbOf(coordinates: Float64Array): Climb {
  const count = coordinates.length / 3;
  const height = (point: number): number => coordinates[3 * point + 2];
  const isClosed =
    count > 2 && coordinates[0] === coordinates[3 * count - 3] && coordinates[1] === coordinates[3 * count - 2];
  let lowest = 0;
  let unknownMeters = 0;
  for (let i = 0; i < count; i++) {
    if (height(i) < height(lowest) || Number.isNaN(height(lowest))) lowest = i;
    if (i > 0 && (Number.isNaN(height(i)) || Number.isNaN(height(i - 1)))) unknownMeters += legMeters(coordinates, i);
  }
  const begin = isClosed ? lowest : 0;
  const meter = new AscentMeter();
  const climb = { ascentMeters: 0, descentMeters: 0, unknownMeters };
  const rest = (): void => {
    meter.finish();
    climb.ascentMeters += meter.ascentMeters;
    climb.descentMeters += meter.descentMeters;
    meter.start();
  };
  meter.start();
  for (let i = 0; i < count; i++) {
    // The last point of a closed walk is its first.
    const point = isClosed ? (begin + i) % (count - 1) : i;
    if (Number.isNaN(height(point))) rest();
    else meter.add(height(point) * 2);
  }
  rest();
  return climb;
}

const legMeters = (coordinates: Float64Array, to: number): number =>
  distanceMetersE7(
    coordinates[3 * to - 3] * 1e7,
    coordinates[3 * to - 2] * 1e7,
    coordinates[3 * to] * 1e7,
    coordinates[3 * to + 1] * 1e7,
  );

/** 4π · area / length², 1 for a circle, 0 for a walk out and back. */
export function roundnessOf(coordinates: Float64Array, lengthMeters: number, metersPerDegree: number): number {
  const lon0 = coordinates[0];
  const lat0 = coordinates[1];
  const east = metersPerDegree * Math.cos((lat0 * Math.PI) / 180);
  let doubled = 0;
  for (let i = 0; i + 3 < coordinates.length; i += 3) {
    const x1 = turnDegrees(lon0, coordinates[i]);
    const x2 = turnDegrees(lon0, coordinates[i + 3]);
    doubled += x1 * (coordinates[i + 4] - lat0) - x2 * (coordinates[i + 1] - lat0);
  }
  return (2 * Math.PI * Math.abs(doubled) * east * metersPerDegree) / (lengthMeters * lengthMeters);
}
