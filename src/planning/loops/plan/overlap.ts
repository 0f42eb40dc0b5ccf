import { METERS_PER_DEGREE } from '../../network/geodesy.js';

const SAMPLE_METERS = 10;
/** Walking within this of where one has walked before, the same way or back, is walking it twice. */
const CORRIDOR_METERS = 25;
const CELL_METERS = 2 * CORRIDOR_METERS;
const PARALLEL_COSINE = Math.cos((30 * Math.PI) / 180);
/** Nearer than this along the walk is a bend, not a repetition. In samples. */
const APART = 200 / SAMPLE_METERS;

/** A walk as points with the step each leg belongs to. */
export interface WalkGeometry {
  /** lon, lat, elevation: three numbers a point, degrees. */
  coordinates: Float64Array;
  /** For each leg between two points, the index of its step. */
  stepOfLeg: Uint32Array;
}

/**
 * Metres of a closed walk that go where it went before: over the same segment, or within 25 m and 30° of parallel to a
 * stretch more than 200 m away along the walk in both senses. Measured in samples of 10 m; the approach is left out.
 * @param segmentOfStep what each step walks over, equal when walked twice
 * @param isApproach for each step
 */
export function overlapMeters(walk: WalkGeometry, segmentOfStep: ArrayLike<number>, isApproach: Uint8Array): number {
  const { coordinates, stepOfLeg } = walk;
  const { east, most } = extentOf(coordinates);
  const { xs, ys, hx, hy, steps, nextInBucket } = scratchFor(most);
  let count = 0;
  const lon0 = coordinates[0];
  const lat0 = coordinates[1];
  let next = SAMPLE_METERS / 2;
  let total = 0;
  for (let leg = 0; leg < stepOfLeg.length; leg++) {
    const at = 3 * leg;
    let lon = coordinates[at] - lon0;
    if (Math.abs(lon) > 180) lon -= Math.sign(lon) * 360;
    let dLon = coordinates[at + 3] - coordinates[at];
    if (Math.abs(dLon) > 180) dLon -= Math.sign(dLon) * 360;
    const x = lon * east;
    const y = (coordinates[at + 1] - lat0) * METERS_PER_DEGREE;
    const dx = dLon * east;
    const dy = (coordinates[at + 4] - coordinates[at + 1]) * METERS_PER_DEGREE;
    const length = Math.sqrt(dx * dx + dy * dy);
    total += length;
    for (; next < length && count < most; next += SAMPLE_METERS) {
      xs[count] = x + (dx * next) / length;
      ys[count] = y + (dy * next) / length;
      hx[count] = dx / length;
      hy[count] = dy / length;
      steps[count++] = stepOfLeg[leg];
    }
    next -= length;
  }
  if (count === 0) return 0;
  const firstStepOf = new Map<number, number>();
  const repeated = new Uint8Array(isApproach.length);
  for (let step = 0; step < isApproach.length; step++) {
    if (firstStepOf.has(segmentOfStep[step])) repeated[step] = 1;
    else firstStepOf.set(segmentOfStep[step], step);
  }
  const mask = (1 << (32 - Math.clz32(count))) - 1;
  const head = new Int32Array(mask + 1).fill(-1);
  let overlapping = 0;
  for (let i = 0; i < count; i++) {
    if (isApproach[steps[i]]) continue;
    const cx = Math.floor(xs[i] / CELL_METERS);
    const cy = Math.floor(ys[i] / CELL_METERS);
    // What is within half a cell lies in this one or in those on the nearer sides.
    const sideX = xs[i] < (cx + 0.5) * CELL_METERS ? -1 : 1;
    const sideY = ys[i] < (cy + 0.5) * CELL_METERS ? -1 : 1;
    let hit = repeated[steps[i]] === 1;
    for (let cell = 0; cell < 4 && !hit; cell++) {
      const bucket = bucketOf(cx + (cell & 1) * sideX, cy + (cell >> 1) * sideY, mask);
      for (let j = head[bucket]; j >= 0; j = nextInBucket[j]) {
        const gap = i - j;
        if (gap <= APART || count - gap <= APART) continue;
        const ex = xs[j] - xs[i];
        const ey = ys[j] - ys[i];
        if (ex * ex + ey * ey > CORRIDOR_METERS * CORRIDOR_METERS) continue;
        if (Math.abs(hx[i] * hx[j] + hy[i] * hy[j]) < PARALLEL_COSINE) continue;
        hit = true;
        break;
      }
    }
    if (hit) overlapping++;
    const own = bucketOf(cx, cy, mask);
    nextInBucket[i] = head[own];
    head[own] = i;
  }
  return (overlapping * total) / count;
}

/** Samples of the walk at hand; every measurement overwrites them from the first. */
function makeScratch(size: number) {
  return {
    xs: new Float64Array(size),
    ys: new Float64Array(size),
    hx: new Float64Array(size),
    hy: new Float64Array(size),
    steps: new Uint32Array(size),
    nextInBucket: new Int32Array(size),
  };
}
let scratch = makeScratch(4_096);
function scratchFor(size: number) {
  if (scratch.xs.length < size) scratch = makeScratch(2 * size);
  return scratch;
}

/** Metres of a degree of longitude at the start, and how many samples there may be. */
function extentOf(coordinates: Float64Array): { east: number; most: number } {
  const east = METERS_PER_DEGREE * Math.cos((coordinates[1] * Math.PI) / 180);
  let meters = 0;
  for (let i = 3; i < coordinates.length; i += 3) {
    let dLon = coordinates[i] - coordinates[i - 3];
    if (Math.abs(dLon) > 180) dLon -= Math.sign(dLon) * 360;
    const dx = dLon * east;
    const dy = (coordinates[i + 1] - coordinates[i - 2]) * METERS_PER_DEGREE;
    meters += Math.sqrt(dx * dx + dy * dy);
  }
  return { east, most: Math.ceil(meters / SAMPLE_METERS) + 1 };
}

const bucketOf = (cx: number, cy: number, mask: number): number =>
  ((Math.imul(cx, 0x9e3779b1) ^ Math.imul(cy, 0x85ebca6b)) >>> 4) & mask;
