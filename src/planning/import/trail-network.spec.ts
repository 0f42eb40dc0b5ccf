import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equatorGraph } from '../../../test/ways.js';
import { UNKNOWN_ELEVATION } from '../network/network.js';
import { type ElevationAt, plainWay, type Survey, type WalkTraits } from './survey.js';
import { trailNetwork } from './trail-network.js';

const traits = (more: Partial<WalkTraits> = {}): WalkTraits => ({ ...plainWay('path'), ...more });

function survey(ways: number[][], walkTraits: WalkTraits[] = ways.map(() => traits())): Survey {
  const graph = equatorGraph(ways);
  const nothing = {
    closedToCars: new Set<number>(),
    speedKmh: new Float32Array(),
    parkings: [],
    places: [],
    stays: [],
  };
  return { walk: graph, walkTraits, drive: graph, ...nothing };
}

/** Heights by node. */
const heights =
  (...meters: number[]): ElevationAt =>
  (lonE7) =>
    meters[lonE7 / 10_000];

const up = (...meters: number[]): number[] => {
  const { ascentMeters, descentMeters } = trailNetwork(survey([meters.map((_, n) => n)]), heights(...meters));
  return [ascentMeters[0], descentMeters[0]];
};

describe('ascent of a segment', () => {
  test('adds what is climbed and what is gone down', () => {
    expect(up(1000, 1100, 1050, 1200)).toEqual([250, 50]);
  });

  test('a rise of less than 10 m is noise, and so is a dip of less on a long climb', () => {
    expect(up(1000, 1009, 1000, 1008.5, 1001)).toEqual([0, 0]);
    expect(up(1000, 1050, 1042, 1100)).toEqual([100, 0]);
  });

  test('many small rises in a row count, for they are one', () => {
    expect(up(...Array.from({ length: 51 }, (_, i) => 1000 + 2 * i))).toEqual([100, 0]);
  });

  test('walked the other way, up is down', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 30 }), (meters) => {
        const [ascent, descent] = up(...meters);
        expect(up(...meters.toReversed())).toEqual([descent, ascent]);
        const sum = meters.slice(1).reduce((total, here, i) => total + Math.max(0, here - meters[i]), 0);
        expect(ascent).toBeLessThanOrEqual(sum);
        expect(ascent - descent).toBeGreaterThanOrEqual(meters.at(-1)! - meters[0] - 20);
        expect(ascent - descent).toBeLessThanOrEqual(meters.at(-1)! - meters[0] + 20);
      }),
    );
  });

  test('is unknown, never zero, without elevation or where one point has none', () => {
    const without = trailNetwork(survey([[0, 1, 2]]), null);
    expect(without.ascentMeters[0]).toBeNaN();
    expect([...without.pointElevation]).toEqual([UNKNOWN_ELEVATION, UNKNOWN_ELEVATION, UNKNOWN_ELEVATION]);
    expect(up(1000, Number.NaN, 1100)).toEqual([Number.NaN, Number.NaN]);
  });

  test('through a tunnel the way rises evenly, whatever the mountain above', () => {
    const ways = [
      [0, 1],
      [1, 2, 3, 4, 5],
      [5, 6],
    ];
    const tunnel = survey(ways, [traits(), traits({ offGround: true }), traits()]);
    const network = trailNetwork(tunnel, heights(1000, 1000, 1800, 1900, 1500, 1040, 1040));
    expect(Array.from(network.pointElevation, (half) => half / 2)).toEqual([1000, 1000, 1010, 1020, 1030, 1040, 1040]);
    expect(network.ascentMeters[0]).toBe(40);
  });
});

describe('segments', () => {
  test('carry what is known of their way, and the names of their routes', () => {
    const known = traits({ difficulty: 3, visibility: 2, surface: 4, name: 'Camí', routes: ['GR 7', 'HRP'] });
    const network = trailNetwork(
      survey(
        [
          [0, 1],
          [1, 2],
        ],
        [known, traits()],
      ),
      null,
    );
    expect([network.difficulty[0], network.visibility[0], network.surface[0]]).toEqual([3, 2, 4]);
    expect(network.strings[network.name[0]]).toBe('Camí');
    expect(network.strings[network.name[1]]).toBe('');
    const routes = (s: number) => [...network.routes.subarray(network.routeOffset[s], network.routeOffset[s + 1])];
    expect(routes(0).map((route) => network.strings[route])).toEqual(['GR 7', 'HRP']);
    expect(routes(1)).toEqual([]);
  });

  test('are as long as their points are apart', () => {
    const network = trailNetwork(
      survey([
        [0, 3, 7],
        [3, 9],
      ]),
      null,
    );
    const total = network.lengthMeters.reduce((sum, meters) => sum + meters, 0);
    expect(total).toBeCloseTo((7 + 6) * 111.195, 0);
  });
});
