import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equatorGraph } from '../../../test/ways.js';
import { distanceMetersE7 } from '../network/geodesy.js';
import { roadNetwork } from './road-network.js';
import type { Survey } from './survey.js';

function survey(ways: number[][], speedKmh: number[], direction: number[]): Survey {
  const drive = equatorGraph(ways, direction);
  const nothing = { closedToCars: new Set<number>(), walkTraits: [], parkings: [], places: [], stays: [] };
  return { walk: drive, drive, speedKmh: Float32Array.from(speedKmh), ...nothing };
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

test('a road takes the time that its speeds make, whichever way it is cut', () => {
  // 1 112 m at 40 km/h and 556 m at 20 km/h.
  const roads = roadNetwork(
    survey(
      [
        [0, 3, 10],
        [10, 15],
      ],
      [40, 20],
      [3, 3],
    ),
  );
  expect(sum(roads.lengthMeters)).toBeCloseTo(1_668, 0);
  expect(sum(roads.secondsForward)).toBeCloseTo(1_112 / (40 / 3.6) + 556 / (20 / 3.6), 0);
  expect([...roads.secondsBackward]).toEqual([...roads.secondsForward]);
});

test('a one-way road has no time against its direction', () => {
  const { from, secondsForward, secondsBackward } = roadNetwork(
    survey(
      [
        [0, 2],
        [2, 4],
      ],
      [50, 50],
      [1, 2],
    ),
  );
  expect(from.length).toBe(2);
  expect([secondsForward[0], secondsBackward[1]].every(Number.isFinite)).toBe(true);
  expect([secondsBackward[0], secondsForward[1]]).toEqual([Infinity, Infinity]);
});

test('no edge is longer than 500 m, and the length stays, also for a straight of many kilometres', () => {
  const road = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(road, { minLength: 1, maxLength: 4 }), (ways) => {
      const { lengthMeters, nodeLonE7, nodeLatE7, from, to } = roadNetwork(
        survey(
          ways,
          ways.map(() => 50),
          ways.map(() => 3),
        ),
      );
      const pieces = new Map<string, number>();
      for (const way of ways) {
        for (let i = 1; i < way.length; i++) {
          const [a, b] = [way[i - 1], way[i]].sort((x, y) => x - y);
          pieces.set(`${a} ${b}`, distanceMetersE7(a * 10_000, 0, b * 10_000, 0));
        }
      }
      expect(sum(lengthMeters)).toBeCloseTo(
        [...pieces.values()].reduce((total, meters) => total + meters, 0),
        -1,
      );
      for (const [edge, meters] of lengthMeters.entries()) {
        expect(meters).toBeLessThanOrEqual(500.5);
        const [a, b] = [from[edge], to[edge]];
        expect(distanceMetersE7(nodeLonE7[a], nodeLatE7[a], nodeLonE7[b], nodeLatE7[b])).toBeLessThanOrEqual(500.5);
      }
    }),
  );
});

test('a road over the antimeridian is cut on the way, not once round the earth', () => {
  const equator = survey([[0, 1]], [50], [3]);
  equator.drive.nodeLonE7.set([1_799_900_000, -1_799_900_000]);
  const { nodeLonE7, lengthMeters } = roadNetwork(equator);
  expect(sum(lengthMeters)).toBeCloseTo(2_224, 0);
  expect(lengthMeters.length).toBe(5);
  for (const lon of nodeLonE7) expect(Math.abs(lon)).toBeGreaterThanOrEqual(1_799_900_000);
});

test('at a barrier both sides of a road end, at one place but apart', () => {
  const road = survey([[0, 2, 4]], [50], [3]);
  const { from, to, nodeLonE7, lengthMeters } = roadNetwork({ ...road, closedToCars: new Set([2]) });
  expect(lengthMeters.length).toBe(2);
  expect(new Set([...from, ...to]).size).toBe(4);
  expect([...nodeLonE7].filter((lon) => lon === 20_000)).toHaveLength(2);
  // Two ways that meet at the barrier are no other road than one that goes on there.
  const twoWays = survey(
    [
      [0, 2],
      [4, 2],
    ],
    [50, 30],
    [3, 3],
  );
  const apart = roadNetwork({ ...twoWays, closedToCars: new Set([2]) });
  expect(new Set([...apart.from, ...apart.to]).size).toBe(4);
});

test('a barrier where three roads meet, or at the end of one, closes none of them', () => {
  const star = survey(
    [
      [0, 2, 4],
      [2, 3],
    ],
    [50, 50],
    [3, 3],
  );
  for (const closed of [2, 0]) {
    const { from, to } = roadNetwork({ ...star, closedToCars: new Set([closed]) });
    expect(new Set([...from, ...to]).size).toBe(4);
  }
});
