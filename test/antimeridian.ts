import { makeRegion } from '../src/planning/import/make-region.js';
import { plainWay } from '../src/planning/import/survey.js';
import type { Region } from '../src/planning/network/region.js';
import { wayGraph } from './ways.js';

const SIDE = 9;
const STEP_E7 = 40_000;
const SOUTH_E7 = -168_150_000;

/** Steps of the grid east of 180 degrees, as a longitude. */
const lonAt = (steps: number): number => (steps < 0 ? 1_800_000_000 : -1_800_000_000) + steps * STEP_E7;

/**
 * A region made as an import makes it: a grid of paths, 3.5 km a side, on both sides of 180 degrees, with a road from end to end,
 * a parking at either end, a village at the end that is written with 179, and a hut in the middle.
 */
export function islandAcross180(): Region {
  const nodes = Array.from({ length: SIDE * SIDE }, (_, i): [number, number] => [
    // Half a step off the line, and no two stretches of one length.
    lonAt((i % SIDE) - SIDE / 2 + 0.2 * Math.sin(i * 12.9898)),
    SOUTH_E7 + Math.round((Math.floor(i / SIDE) + 0.2 * Math.sin(i * 78.233)) * STEP_E7),
  ]);
  const ways = Array.from({ length: SIDE }, (_, row) => [
    Array.from({ length: SIDE }, (_, column) => row * SIDE + column),
    Array.from({ length: SIDE }, (_, column) => column * SIDE + row),
  ]).flat();
  const beside = (node: number) => ({ lonE7: nodes[node]![0], latE7: nodes[node]![1] + 500 });
  const middle = (SIDE * SIDE - 1) / 2;
  const about = { name: 'Taveuni', synthetic: true, dataDate: '2026-01-01', source: 'drawn', attribution: 'made up' };
  return makeRegion(
    about,
    {
      walk: wayGraph(nodes, ways),
      walkTraits: ways.map(() => plainWay('path')),
      drive: wayGraph(nodes, [ways[0]!]),
      closedToCars: new Set(),
      speedKmh: Float32Array.of(40),
      parkings: [
        { id: 'p1', name: 'Before', ...beside(1) },
        { id: 'p2', name: 'Beyond', ...beside(SIDE - 2) },
      ],
      places: [{ id: 'v', name: 'Naselesele', otherNames: [], kind: 'village', population: 300, ...beside(0) }],
      stays: [{ id: 'h', name: 'Hut at the line', kind: 'alpine_hut', ...beside(middle) }],
    },
    (lonE7, latE7) => 100 + ((lonE7 < 0 ? lonE7 + 3.6e9 : lonE7) - 1.8e9 + latE7 - SOUTH_E7) / 10_000,
  );
}
