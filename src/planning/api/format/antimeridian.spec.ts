import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distanceMeters } from '../../network/geodesy.js';
import { cutAtAntimeridian, type Position } from './antimeridian.js';

const metersAlong = (line: Position[]): number =>
  line
    .slice(1)
    .reduce((sum, [lon, lat], i) => sum + distanceMeters({ lon: line[i]![0], lat: line[i]![1] }, { lon, lat }), 0);

describe('a line cut at the antimeridian', () => {
  test('ends at 180 and goes on at -180, with latitude and elevation in between', () => {
    expect(
      cutAtAntimeridian([
        [179.9, -16, 100],
        [-179.7, -17, 200],
      ]),
    ).toEqual([
      [
        [179.9, -16, 100],
        [180, -16.25, 125],
      ],
      [
        [-180, -16.25, 125],
        [-179.7, -17, 200],
      ],
    ]);
  });

  test('has no elevation at the cut where one side has none', () => {
    const [first] = cutAtAntimeridian([
      [-179.9, 10, 100],
      [179.9, 10],
    ]);
    expect(first).toEqual([
      [-179.9, 10, 100],
      [-180, 10],
    ]);
  });

  test('is cut at a point that lies on it, however that is written, without a second one', () => {
    for (const middle of [180, -180]) {
      const parts = cutAtAntimeridian([
        [179.9, 1],
        [middle, 2, 7],
        [-179.9, 3],
      ]);
      expect(parts).toEqual([
        [
          [179.9, 1],
          [180, 2, 7],
        ],
        [
          [-180, 2, 7],
          [-179.9, 3],
        ],
      ]);
    }
  });

  test('stays whole where it only touches it or runs along it, on the side where it lies', () => {
    expect(
      cutAtAntimeridian([
        [180, 1],
        [-179.9, 1.5],
        [180, 2],
        [-180, 3],
        [-179.9, 3],
      ]),
    ).toEqual([
      [
        [-180, 1],
        [-179.9, 1.5],
        [-180, 2],
        [-180, 3],
        [-179.9, 3],
      ],
    ]);
    const along: Position[] = [
      [180, 1],
      [180, 2],
    ];
    expect(cutAtAntimeridian(along)).toEqual([along]);
  });

  test('that goes round a pole is cut each time', () => {
    const lons = [170, -70, 50, 170, -70, 50, 170];
    const parts = cutAtAntimeridian(lons.map((lon): Position => [lon, 89]));
    expect(parts.map((part) => part.map(([lon]) => lon))).toEqual([
      [170, 180],
      [-180, -70, 50, 170, 180],
      [-180, -70, 50, 170],
    ]);
  });

  /** Closed walks of up to 0.2° a step about the antimeridian, on a raster coarse enough to meet it often. */
  const walks = fc
    .tuple(
      fc.integer({ min: -600, max: 600 }),
      fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), fc.boolean()), {
        minLength: 2,
        maxLength: 40,
      }),
    )
    .map(([lat0, steps]): Position[] => {
      let [x, y] = [0, lat0];
      const line = steps.map(([dx, dy, hasHeight]): Position => {
        x += dx;
        y += dy;
        const lon = x > 0 || (x === 0 && dx > 0) ? -180 + x / 100 : 180 + x / 100;
        return hasHeight ? [lon, y / 10, 1000 + dx] : [lon, y / 10];
      });
      return [...line, line[0]!];
    });

  test('is as long as the whole, keeps every point in order, and nowhere crosses', () => {
    const seen = { whole: 0, cut: 0 };
    fc.assert(
      fc.property(walks, (line) => {
        const parts = cutAtAntimeridian(line);
        seen[parts.length === 1 ? 'whole' : 'cut']++;
        for (const part of parts) {
          expect(part.length).toBeGreaterThanOrEqual(2);
          for (const [i, [lon, lat]] of part.entries()) {
            expect(Math.abs(lon)).toBeLessThanOrEqual(180);
            if (i > 0) expect(Math.abs(lon - part[i - 1]![0])).toBeLessThan(180);
            expect(Math.abs(lat)).toBeLessThanOrEqual(90);
          }
        }
        for (const [i, part] of parts.slice(1).entries()) {
          const [end, begin] = [parts[i]!.at(-1)!, part[0]!];
          expect([Math.abs(end[0]), end[0] + begin[0]]).toEqual([180, 0]);
          expect(begin.slice(1)).toEqual(end.slice(1));
        }
        const sum = parts.reduce((meters, part) => meters + metersAlong(part), 0);
        expect(Math.abs(sum - metersAlong(line))).toBeLessThanOrEqual(2e-4 * sum + 1);

        // Back to the whole: the cuts taken out again, by the places that the line had.
        const name = ([lon, ...rest]: Position) => [Math.abs(lon) === 180 ? 180 : lon, ...rest].join();
        const rejoined = parts.flat().map(name);
        let at = 0;
        for (const wanted of line.map(name)) {
          while (at < rejoined.length && rejoined[at] !== wanted) at++;
          expect(at++).toBeLessThan(rejoined.length);
        }
        expect(rejoined.length - line.length).toBeLessThanOrEqual(2 * (parts.length - 1));
      }),
      { numRuns: 300 },
    );
    expect(Math.min(seen.whole, seen.cut)).toBeGreaterThan(10);
  });
});
