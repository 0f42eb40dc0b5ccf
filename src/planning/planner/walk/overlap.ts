import { IdIndex } from '../../network/id-index.js';
import { SAMPLE_METERS, sampleWalk, type WalkGeometry, type WalkSamples } from './walk-samples.js';

/** Walking within this of where one has walked before, the same way or back, is walking it twice. */
const CORRIDOR_METERS = 25;
const PARALLEL_COSINE = Math.cos((30 * Math.PI) / 180);
/** Nearer than this along the walk is a bend, not a repetition. In samples. */
const APART = 200 / SAMPLE_METERS;

/** Samples of a run: runs that are far from each other are told so as a whole. Any number gives the same result. */
const RUN = 8;
/** Of two runs so many apart along the walk, some samples are far enough apart. */
const RUNS_APART = Math.floor((APART + 1) / RUN);
/** No sample is further from the middle one of its run. With a centimetre for rounding. */
const RUN_METERS = (RUN / 2) * SAMPLE_METERS + 0.01;
/** Runs with middles further apart have no samples beside each other. */
const REACH_METERS = 2 * RUN_METERS + CORRIDOR_METERS;
const CELL_METERS = 2 * REACH_METERS;

/**
 * Metres of a closed walk that go where it went before: over the same segment, or within 25 m and 30° of parallel to a
 * stretch more than 200 m away along the walk in both senses. Measured in samples of 10 m; the approach is left out.
 * @param segmentOfStep what each step walks over, equal when walked twice
 * @param isApproach for each step
 */
export function overlapMeters(walk: WalkGeometry, segmentOfStep: ArrayLike<number>, isApproach: Uint8Array): number {
  const samples = sampleWalk(walk);
  const { count, totalMeters, step } = samples;
  if (count === 0) return 0;
  const repeated = repeatedSteps(segmentOfStep);
  const runs = Math.ceil(count / RUN);
  const grid = clearedGrid(runs);
  let overlapping = 0;
  for (let run = 0; run < runs; run++) {
    // Only what lies far enough behind is in the grid: around most runs there is nothing then.
    if (run >= RUNS_APART) enter(grid, samples, run - RUNS_APART);
    const near = runsAround(grid, samples, run);
    const end = Math.min(count, (run + 1) * RUN);
    for (let i = run * RUN; i < end; i++) {
      if (isApproach[step[i]]) continue;
      if (repeated[step[i]] || (near > 0 && isBeside(samples, i, grid.near, near, isApproach))) overlapping++;
    }
  }
  return (overlapping * totalMeters) / count;
}

/** 1 for each step over what a step before it went over. */
function repeatedSteps(segmentOfStep: ArrayLike<number>): Uint8Array {
  const repeated = new Uint8Array(segmentOfStep.length);
  const seen = new IdIndex(segmentOfStep.length);
  for (let step = 0; step < repeated.length; step++) repeated[step] = seen.add(segmentOfStep[step], step) ? 0 : 1;
  return repeated;
}

/** A hash of square cells, with the runs whose middles lie in them. */
interface RunGrid {
  mask: number;
  /** By bucket the run that was entered last, by run the one that was entered before it; -1 for none. */
  head: Int32Array;
  before: Int32Array;
  /** The runs that were found around another one. */
  near: Uint32Array;
}

/** Kept between calls, as the samples are. */
let scratch: RunGrid = makeGrid(1_024);

function makeGrid(size: number): RunGrid {
  return { mask: 0, head: new Int32Array(2 * size), before: new Int32Array(size), near: new Uint32Array(4 * size) };
}

function clearedGrid(runs: number): RunGrid {
  if (scratch.before.length < runs) scratch = makeGrid(2 * runs);
  scratch.mask = (1 << (32 - Math.clz32(runs))) - 1;
  scratch.head.fill(-1, 0, scratch.mask + 1);
  return scratch;
}

const middleOf = (run: number, count: number): number => Math.min(count - 1, run * RUN + RUN / 2);

const bucketOf = (cx: number, cy: number, mask: number): number =>
  ((Math.imul(cx, 0x9e3779b1) ^ Math.imul(cy, 0x85ebca6b)) >>> 4) & mask;

function enter({ mask, head, before }: RunGrid, { count, x, y }: WalkSamples, run: number): void {
  const middle = middleOf(run, count);
  const bucket = bucketOf(Math.floor(x[middle] / CELL_METERS), Math.floor(y[middle] / CELL_METERS), mask);
  before[run] = head[bucket];
  head[bucket] = run;
}

/**
 * Puts the runs of the grid that may have samples beside those of this one into `near`: cells that share a bucket put them
 * there again, at most once for each of the four that are looked at.
 * @returns how many
 */
function runsAround({ mask, head, before, near }: RunGrid, { count, x, y }: WalkSamples, run: number): number {
  const middle = middleOf(run, count);
  const cx = Math.floor(x[middle] / CELL_METERS);
  const cy = Math.floor(y[middle] / CELL_METERS);
  // What is within half a cell lies in this one or in those on the nearer sides.
  const sideX = x[middle] < (cx + 0.5) * CELL_METERS ? -1 : 1;
  const sideY = y[middle] < (cy + 0.5) * CELL_METERS ? -1 : 1;
  let found = 0;
  for (let cell = 0; cell < 4; cell++) {
    const bucket = bucketOf(cx + (cell & 1) * sideX, cy + (cell >> 1) * sideY, mask);
    for (let other = head[bucket]; other >= 0; other = before[other]) {
      const there = middleOf(other, count);
      const dx = x[there] - x[middle];
      const dy = y[there] - y[middle];
      if (dx * dx + dy * dy <= REACH_METERS * REACH_METERS) near[found++] = other;
    }
  }
  return found;
}

/** Whether a sample has one of the first so many runs in `near` beside it. */
function isBeside(samples: WalkSamples, i: number, near: Uint32Array, runs: number, isApproach: Uint8Array): boolean {
  const { count, x, y, headingX, headingY, step } = samples;
  const reach = RUN_METERS + CORRIDOR_METERS;
  for (let k = 0; k < runs; k++) {
    const middle = middleOf(near[k], count);
    const mx = x[middle] - x[i];
    const my = y[middle] - y[i];
    if (mx * mx + my * my > reach * reach) continue;
    const end = Math.min(count, (near[k] + 1) * RUN);
    for (let j = near[k] * RUN; j < end; j++) {
      const gap = i - j;
      if (gap <= APART || count - gap <= APART || isApproach[step[j]]) continue;
      const dx = x[j] - x[i];
      const dy = y[j] - y[i];
      if (dx * dx + dy * dy > CORRIDOR_METERS * CORRIDOR_METERS) continue;
      if (Math.abs(headingX[i] * headingX[j] + headingY[i] * headingY[j]) >= PARALLEL_COSINE) return true;
    }
  }
  return false;
}
