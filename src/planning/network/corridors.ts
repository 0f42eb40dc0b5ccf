import { METERS_PER_DEGREE } from './geodesy.js';
import { turnE7 } from './longitude.js';
import type { Network } from './network.js';

/** Which segments run beside which, and for how many metres: lists `besideOffset[s] … besideOffset[s + 1]`. */
export interface CorridorPairs {
  besideOffset: Uint32Array;
  besideSegment: Uint32Array;
  /** Metres of segment `s` that lie beside the other one. */
  besideMeters: Float32Array;
}

const SAMPLE_METERS = 10;
/** Two ways within this of each other show a hiker the same things. */
const CORRIDOR_METERS = 25;
/**
 * Samples count as a pair only when they lie this close along the heading, half a sample: otherwise the continuation of a
 * segment past a junction would be "beside" it.
 */
const ALONG_METERS = SAMPLE_METERS / 2;
/**
 * So many samples of a square are looked at, and no more: 2.5 km of ways on 25 × 25 m are no ground that anybody walks on,
 * but would take hours to compare.
 */
const MOST_IN_A_SQUARE = 256;
/** And so many segments are told to run beside one; real ones have some thirty. */
const MOST_BESIDE = 256;
const PARALLEL_COSINE = Math.cos((30 * Math.PI) / 180);
const METERS_PER_E7 = METERS_PER_DEGREE / 1e7;

/** Samples every 10 m, segment after segment: where, and the heading as a unit vector. */
interface Samples {
  /** Samples of segment s: `offset[s] … offset[s + 1]`. */
  offset: Uint32Array;
  segment: Uint32Array;
  lonE7: Float64Array;
  latE7: Float64Array;
  headingX: Float32Array;
  headingY: Float32Array;
}

/** Metres to the east for each step of 1e-7 degrees of longitude. */
const eastPerE7 = (latE7: number): number => METERS_PER_E7 * Math.cos((latE7 / 1e7) * (Math.PI / 180));

function sampleSegments(network: Network): Samples {
  const { pointOffset, pointLonE7, pointLatE7, segmentCount } = network;
  const origin = pointLonE7[0];
  const offset = new Uint32Array(segmentCount + 1);
  const segment: number[] = [];
  const lonE7: number[] = [];
  const latE7: number[] = [];
  const headingX: number[] = [];
  const headingY: number[] = [];
  for (let s = 0; s < segmentCount; s++) {
    let next = SAMPLE_METERS / 2;
    for (let p = pointOffset[s]; p + 1 < pointOffset[s + 1]; p++) {
      // Longitudes go on beyond 180, so that neighbours across the antimeridian are near in numbers too.
      const lon = origin + turnE7(origin, pointLonE7[p]);
      const dLon = turnE7(pointLonE7[p], pointLonE7[p + 1]);
      const dLat = pointLatE7[p + 1] - pointLatE7[p];
      const dx = dLon * eastPerE7(pointLatE7[p]);
      const dy = dLat * METERS_PER_E7;
      const length = Math.hypot(dx, dy);
      for (; next < length; next += SAMPLE_METERS) {
        segment.push(s);
        lonE7.push(lon + (dLon * next) / length);
        latE7.push(pointLatE7[p] + (dLat * next) / length);
        headingX.push(dx / length);
        headingY.push(dy / length);
      }
      next -= length;
    }
    offset[s + 1] = segment.length;
  }
  return {
    offset,
    segment: Uint32Array.from(segment),
    lonE7: Float64Array.from(lonE7),
    latE7: Float64Array.from(latE7),
    headingX: Float32Array.from(headingX),
    headingY: Float32Array.from(headingY),
  };
}

/** A hash of squares at least 25 m wide; the samples of a bucket are `items[start[bucket]] … items[start[bucket + 1]]`. */
class SampleGrid {
  readonly #lonStep: number;
  readonly #latStep = CORRIDOR_METERS / METERS_PER_E7;
  readonly #mask: number;
  readonly start: Uint32Array;
  readonly items: Uint32Array;

  constructor(samples: Samples) {
    const count = samples.segment.length;
    let furthest = 0;
    for (let i = 0; i < count; i++) furthest = Math.max(furthest, Math.abs(samples.latE7[i]));
    // Near a pole a metre is many degrees: beyond 89.9° squares are narrower than the corridor, and pairs may be missed.
    this.#lonStep = CORRIDOR_METERS / eastPerE7(Math.min(furthest, 89.9e7));
    this.#mask = (1 << Math.max(4, 32 - Math.clz32(count))) - 1;
    this.start = new Uint32Array(this.#mask + 2);
    this.items = new Uint32Array(count);
    const bucketOf = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      bucketOf[i] = this.bucket(samples.lonE7[i], samples.latE7[i], 0, 0);
      this.start[bucketOf[i] + 1]++;
    }
    for (let b = 0; b <= this.#mask; b++) this.start[b + 1] += this.start[b];
    const next = this.start.slice();
    for (let i = 0; i < count; i++) this.items[next[bucketOf[i]]++] = i;
  }

  bucket(lonE7: number, latE7: number, stepsEast: number, stepsNorth: number): number {
    const x = Math.floor(lonE7 / this.#lonStep) + stepsEast;
    const y = Math.floor(latE7 / this.#latStep) + stepsNorth;
    return ((Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) >>> 4) & this.#mask;
  }
}

/**
 * Finds every pair of segments with stretches that run beside each other: samples at most 25 m apart, headings within 30°
 * of parallel (either sense), at most 5 m apart along the heading.
 */
export function corridorPairs(network: Network): CorridorPairs {
  const samples = sampleSegments(network);
  const grid = new SampleGrid(samples);
  const besideOffset = new Uint32Array(network.segmentCount + 1);
  const besideSegment: number[] = [];
  const besideMeters: number[] = [];
  const hits = new Uint32Array(network.segmentCount);
  const lastHit = new Int32Array(network.segmentCount).fill(-1);
  for (let s = 0; s < network.segmentCount; s++) {
    const touched: number[] = [];
    const first = samples.offset[s];
    const last = samples.offset[s + 1];
    for (let i = first; i < last; i++) {
      for (let cell = 0; cell < 9; cell++) {
        const bucket = grid.bucket(samples.lonE7[i], samples.latE7[i], (cell % 3) - 1, Math.floor(cell / 3) - 1);
        const end = Math.min(grid.start[bucket + 1], grid.start[bucket] + MOST_IN_A_SQUARE);
        for (let k = grid.start[bucket]; k < end; k++) {
          const j = grid.items[k];
          const other = samples.segment[j];
          if (other === s || lastHit[other] === i || !areBeside(samples, i, j)) continue;
          lastHit[other] = i;
          if (hits[other] === 0 && touched.length === MOST_BESIDE) continue;
          if (hits[other]++ === 0) touched.push(other);
        }
      }
    }
    const metersPerSample = network.lengthMeters[s] / Math.max(1, last - first);
    for (const other of touched.sort((a, b) => a - b)) {
      besideSegment.push(other);
      besideMeters.push(hits[other] * metersPerSample);
      hits[other] = 0;
    }
    besideOffset[s + 1] = besideSegment.length;
  }
  return {
    besideOffset,
    besideSegment: Uint32Array.from(besideSegment),
    besideMeters: Float32Array.from(besideMeters),
  };
}

function areBeside(samples: Samples, i: number, j: number): boolean {
  const dy = (samples.latE7[j] - samples.latE7[i]) * METERS_PER_E7;
  if (Math.abs(dy) > CORRIDOR_METERS) return false;
  const dx = (samples.lonE7[j] - samples.lonE7[i]) * eastPerE7(samples.latE7[i]);
  if (dx * dx + dy * dy > CORRIDOR_METERS * CORRIDOR_METERS) return false;
  const hx = samples.headingX[i];
  const hy = samples.headingY[i];
  if (Math.abs(hx * samples.headingX[j] + hy * samples.headingY[j]) < PARALLEL_COSINE) return false;
  return Math.abs(dx * hx + dy * hy) <= ALONG_METERS;
}
