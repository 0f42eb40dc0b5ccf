import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clip } from './clip.js';
import { FeatureBuffer } from './feature-buffer.js';
import { layerOf } from './layers.js';
import { lineLength, ringArea } from './weigh.js';

const SIDE = 1_000_000;
const coordinate = fc.integer({ min: 0, max: SIDE });

/** One feature of one part. */
function featureOf(layer: string, points: [number, number][], size = 0): FeatureBuffer {
  const buffer = new FeatureBuffer();
  buffer.reserve(points.length);
  for (const [x, y] of points) buffer.point(x, y, 1);
  buffer.endPart(size);
  buffer.endFeature(layerOf(layer), 0, 0);
  return buffer;
}

function within(from: FeatureBuffer, [x0, y0, x1, y1]: number[], margin = 0): FeatureBuffer {
  const wide = new FeatureBuffer();
  clip(from, wide, 0, x0!, x1!, margin, 2 * margin);
  const cut = new FeatureBuffer();
  clip(wide, cut, 1, y0!, y1!, margin, 2 * margin);
  return cut;
}

/** The four quarters at a point. */
const quartersAt = (x: number, y: number): number[][] => [
  [0, 0, x, y],
  [x, 0, SIDE, y],
  [0, y, x, SIDE],
  [x, y, SIDE, SIDE],
];

function sumOf({ parts, pointOffset, x, y }: FeatureBuffer, of: typeof ringArea): number {
  let sum = 0;
  for (let p = 0; p < parts; p++) sum += of(x, y, pointOffset[p]!, pointOffset[p + 1]!);
  return sum;
}

/** A star around a middle: a ring that crosses nothing, least of all itself. */
const star = fc
  .tuple(
    fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 }),
    coordinate,
    coordinate,
  )
  .map(([radii, x, y]) => {
    const most = Math.min(x, y, SIDE - x, SIDE - y);
    const ring = radii.map((radius, i): [number, number] => {
      const angle = (i / radii.length) * 2 * Math.PI;
      return [Math.round(x + most * radius * Math.cos(angle)), Math.round(y + most * radius * Math.sin(angle))];
    });
    return [...ring, ring[0]!];
  })
  .filter((ring) => new Set(ring.map(String)).size > 2);

const inside = ({ points, x, y }: FeatureBuffer, [x0, y0, x1, y1]: number[], margin = 0): boolean =>
  x.subarray(0, points).every((value) => value >= x0! - margin && value <= x1! + margin) &&
  y.subarray(0, points).every((value) => value >= y0! - margin && value <= y1! + margin);

describe('clipping', () => {
  test('four quarters of a polygon have its area together, each inside its square', () => {
    fc.assert(
      fc.property(star, coordinate, coordinate, (ring, x, y) => {
        const whole = featureOf('ground', ring);
        const quarters = quartersAt(x, y);
        const cuts = quarters.map((square) => within(whole, square));
        for (const [i, cut] of cuts.entries()) expect(inside(cut, quarters[i]!)).toBe(true);
        const area = cuts.reduce((sum, cut) => sum + sumOf(cut, ringArea), 0);
        // Crossings are whole units: each may be off by half of one, along a line of so many.
        expect(Math.abs(area - sumOf(whole, ringArea))).toBeLessThanOrEqual(ring.length * SIDE);
      }),
    );
  });

  test('what is cut of a polygon is closed and runs the same way round', () => {
    fc.assert(
      fc.property(star, coordinate, coordinate, (ring, x, y) => {
        const isClockwise = sumOf(featureOf('ground', ring), ringArea) > 0;
        for (const square of quartersAt(x, y)) {
          const cut = within(featureOf('ground', ring), square);
          for (let p = 0; p < cut.parts; p++) {
            const [start, end] = [cut.pointOffset[p]!, cut.pointOffset[p + 1]!];
            expect([cut.x[start], cut.y[start]]).toEqual([cut.x[end - 1], cut.y[end - 1]]);
            const area = ringArea(cut.x, cut.y, start, end);
            if (Math.abs(area) > ring.length * SIDE) expect(area > 0).toBe(isClockwise);
          }
        }
      }),
    );
  });

  test('four quarters of a line have its length together, but for what runs along a cut', () => {
    const line = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(line, coordinate, coordinate, (points, x, y) => {
        // On a cut a stretch would be in two of them.
        const beside = points.map(([a, b]): [number, number] => [a === x ? a + 1 : a, b === y ? b + 1 : b]);
        const whole = featureOf('trail', beside);
        const squares = quartersAt(x, y).map((square) => square.map((edge) => (edge === SIDE ? SIDE + 1 : edge)));
        const cuts = squares.map((square) => within(whole, square));
        for (const [i, cut] of cuts.entries()) expect(inside(cut, squares[i]!)).toBe(true);
        const length = cuts.reduce((sum, cut) => sum + sumOf(cut, lineLength), 0);
        expect(Math.abs(length - sumOf(whole, lineLength))).toBeLessThanOrEqual(8 * points.length);
      }),
    );
  });

  test('a line that leaves and comes back is several parts of one feature', () => {
    const zigzag = featureOf('road', [
      [0, 0],
      [100, 100],
      [200, 0],
      [300, 100],
      [400, 0],
    ]);
    const cut = within(zigzag, [0, 0, 400, 50]);
    expect([cut.features, cut.parts]).toEqual([1, 3]);
  });

  test('margins are kept: points have their own, and a point is never half', () => {
    expect(within(featureOf('poi', [[115, 50]]), [0, 0, 100, 100], 10).features).toBe(1);
    expect(within(featureOf('poi', [[121, 50]]), [0, 0, 100, 100], 10).features).toBe(0);
    const long = within(
      featureOf('rail', [
        [-500, 50],
        [500, 50],
      ]),
      [0, 0, 100, 100],
      10,
    );
    expect([...long.x.subarray(0, long.points)]).toEqual([-10, 110]);
  });

  test('without its outer ring there is nothing of a polygon, with it a hole may be missing', () => {
    const square = (from: number, to: number): [number, number][] => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ];
    const buffer = new FeatureBuffer();
    buffer.reserve(20);
    for (const [x, y] of square(0, 100)) buffer.point(x, y, 1);
    buffer.endPart(10_000);
    for (const [x, y] of square(10, 30).toReversed()) buffer.point(x, y, 1);
    buffer.endPart(400);
    buffer.endFeature(layerOf('water'), 0, 0);
    expect(within(buffer, [0, 0, 50, 50]).parts).toBe(2);
    expect(within(buffer, [50, 50, 100, 100]).parts).toBe(1);
    expect(within(buffer, [200, 0, 300, 100]).features).toBe(0);
  });
});
