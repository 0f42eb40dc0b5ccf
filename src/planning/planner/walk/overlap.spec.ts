import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import { overlapMeters } from './overlap.js';
import { sampleWalk, type WalkGeometry } from './walk-samples.js';

/** A walk through points in metres from a place on the equator, each leg a step of its own; closed. */
function walkThrough(points: [east: number, north: number][], lon0 = 0): WalkGeometry {
  const closed = [...points, points[0]!];
  const lonOf = (east: number): number => ((lon0 + east / METERS_PER_DEGREE + 540) % 360) - 180;
  return {
    coordinates: Float64Array.from(closed.flatMap(([east, north]) => [lonOf(east), north / METERS_PER_DEGREE, 0])),
    stepOfLeg: Uint32Array.from(points.keys()),
  };
}

function overlapOf(walk: WalkGeometry, segments?: number[], approach: number[] = []): number {
  const steps = walk.stepOfLeg.length;
  const isApproach = Uint8Array.from({ length: steps }, (_, step) => (approach.includes(step) ? 1 : 0));
  return overlapMeters(walk, segments ?? [...Array(steps).keys()], isApproach);
}

/** Each sample compared with each one before it. */
function plainOverlap(walk: WalkGeometry, segments: number[], approach: number[]): number {
  const { count, totalMeters, x, y, headingX, headingY, step } = sampleWalk(walk);
  let hits = 0;
  for (let i = 0; i < count; i++) {
    if (approach.includes(step[i]!)) continue;
    let hit = segments.indexOf(segments[step[i]!]!) < step[i]!;
    for (let j = 0; j < i; j++) {
      const isApart = i - j > 20 && count - (i - j) > 20;
      const isNear = (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2 <= 25 ** 2;
      const cosine = Math.abs(headingX[i]! * headingX[j]! + headingY[i]! * headingY[j]!);
      hit ||= isApart && isNear && cosine >= Math.cos(Math.PI / 6) && !approach.includes(step[j]!);
    }
    if (hit) hits++;
  }
  return count === 0 ? 0 : (hits * totalMeters) / count;
}

describe('what a walk goes over twice', () => {
  test('is nothing in a square', () => {
    const square = [0, 1_000].flatMap((x) => (x ? [1_000, 0] : [0, 1_000]).map((y): [number, number] => [x, y]));
    expect(overlapOf(walkThrough(square))).toBe(0);
  });

  test('is the way back beside the way out, but for the turn', () => {
    const outAndBack: [number, number][] = [
      [0, 0],
      [1_000, 0],
      [1_000, 20],
      [0, 20],
    ];
    expect(overlapOf(walkThrough(outAndBack))).toBeGreaterThan(800);
    expect(overlapOf(walkThrough(outAndBack))).toBeLessThan(840);
    expect(overlapOf(walkThrough(outAndBack.map(([x, y]) => [x, 2 * y])))).toBe(0);
  });

  test('is a segment that comes again, unless it is the approach', () => {
    const lollipop: [number, number][] = [
      [0, 0],
      [0, 500],
      [500, 1_000],
      [-500, 1_000],
      [0, 500],
    ];
    expect(overlapOf(walkThrough(lollipop), [0, 1, 2, 3, 0])).toBeCloseTo(500, -1);
    expect(overlapOf(walkThrough(lollipop), [0, 1, 2, 3, 0], [0, 4])).toBe(0);
  });

  test('is the same as when all samples are compared with each other, on walks of any shape and at the antimeridian', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 700 })), {
      minLength: 3,
      maxLength: 25,
    });
    let overlapping = 0;
    fc.assert(
      fc.property(points, fc.infiniteStream(fc.nat(40)), fc.constantFrom(0, 179.997), (through, drawn, lon0) => {
        const walk = walkThrough(through, lon0);
        const segments = through.map(() => drawn.next().value!);
        const approach = segments.map((segment, step) => (segment < 5 ? step : -1));
        const meters = overlapOf(walk, segments, approach);
        if (meters > 0) overlapping++;
        expect(meters).toBeCloseTo(plainOverlap(walk, segments, approach), 9);
      }),
      { numRuns: 200 },
    );
    expect(overlapping).toBeGreaterThan(100);
  });

  test('is nothing where there is hardly a walk', () => {
    expect(
      overlapOf(
        walkThrough([
          [0, 0],
          [1, 0],
        ]),
      ),
    ).toBe(0);
  });
});
