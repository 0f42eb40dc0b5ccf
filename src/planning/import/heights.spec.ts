import { describe, expect, test } from '@jest/globals';
import { equatorGraph } from '../../../test/ways.js';
import { UNKNOWN_ELEVATION } from '../network/network.js';
import { plainWay, type Survey } from './survey.js';
import { trailNetwork } from './trail-network.js';

/** Even ground at 1000 m, with a hill of 300 m more in the middle. */
const ridge = (lonE7: number): number => 1000 + 300 * Math.max(0, 1 - Math.abs(lonE7 - 50_000) / 30_000);

function network(ways: number[][], offGround: boolean[], heightAt = ridge) {
  const graph = equatorGraph(ways);
  const survey: Survey = {
    walk: graph,
    walkTraits: ways.map((_, w) => ({ ...plainWay('path'), surface: w % 4, offGround: offGround[w]! })),
    drive: graph,
    closedToCars: new Set(),
    speedKmh: new Float32Array(),
    parkings: [],
    places: [],
    stays: [],
  };
  return trailNetwork(survey, heightAt);
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

describe('heights', () => {
  test('are those of the ground between two nodes, not of the nodes alone', () => {
    const { ascentMeters, descentMeters, lengthMeters, pointOffset } = network([[0, 10]], [false]);
    // Its top may lie between two samples.
    expect(ascentMeters[0]).toBeGreaterThan(280);
    expect(descentMeters[0]).toBeGreaterThan(280);
    expect(lengthMeters[0]).toBeCloseTo(1_112, 0);
    // Where it goes up and down evenly nothing is added.
    expect(pointOffset[1]).toBeLessThan(10);
  });

  test('on even ground need no points of their own', () => {
    expect(network([[0, 10]], [false], () => 1234).pointOffset[1]).toBe(2);
  });

  test('rise evenly through a tunnel of several ways', () => {
    const inside = network(
      [
        [0, 1],
        [1, 4, 5],
        [5, 7],
        [7, 9],
        [9, 10],
      ],
      [false, true, true, true, false],
    );
    expect(sum(inside.ascentMeters)).toBe(0);
    expect(sum(inside.descentMeters)).toBe(0);
    const outside = network(
      [
        [0, 1],
        [1, 5],
        [5, 7],
        [7, 10],
      ],
      [false, false, false, false],
    );
    expect(sum(outside.ascentMeters)).toBeGreaterThan(280);
  });

  test('rise evenly from end to end where those differ', () => {
    const slope = (lonE7: number): number => (lonE7 === 30_000 ? 0 : 1000 + lonE7 / 1000);
    const { pointElevation, pointLonE7 } = network(
      [
        [1, 2, 3],
        [3, 5],
        [0, 1],
        [5, 6],
      ],
      [true, true, false, false],
      slope,
    );
    const at = (lonE7: number): number => pointElevation[pointLonE7.indexOf(lonE7)]! / 2;
    expect(at(30_000)).toBeCloseTo(1030, 0);
    expect(at(20_000)).toBeCloseTo(1020, 0);
  });

  test('in a tunnel whose end has none are unknown', () => {
    const { pointElevation, ascentMeters } = network(
      [
        [0, 1],
        [1, 2, 3],
        [3, 4],
      ],
      [false, true, false],
      (lonE7) => (lonE7 > 25_000 ? Number.NaN : 1000),
    );
    expect(pointElevation).toContain(UNKNOWN_ELEVATION);
    expect(ascentMeters.filter((meters) => Number.isNaN(meters)).length).toBeGreaterThan(0);
  });
});
