import { expect, test } from '@jest/globals';
import { wayGraph } from '../../../test/ways.js';
import { plainWay } from './survey.js';
import { trailNetwork } from './trail-network.js';
import { trailheads } from './trailheads.js';

/** At 60° north, where a degree of longitude is half as long: a road from 0 to 1 000 m east, a trail from there on. */
const east = (meters: number): number => Math.round((meters / 55_597) * 1e7);
const networkAt = (lonsE7: number[]) =>
  trailNetwork(
    {
      walk: wayGraph(
        lonsE7.map((lon) => [lon, 600_000_000]),
        [
          [0, 1],
          [1, 2],
        ],
      ),
      walkTraits: [plainWay('residential'), plainWay('path')],
      drive: wayGraph([], []),
      closedToCars: new Set(),
      speedKmh: new Float32Array(),
      parkings: [],
      places: [],
      stays: [],
    },
    null,
  );
const network = networkAt([0, 1_000, 3_000].map(east));
const parking = (id: string, meters: number) => ({ id, name: null, lonE7: east(meters), latE7: 600_000_000 });

test('a parking begins a walk at the nearest junction of a trail, up to 200 m away', () => {
  const found = trailheads(network, [parking('near', 1_150), parking('edge', 1_199), parking('far', 1_203)]);
  expect(found.map(({ id }) => id)).toEqual(['near', 'edge']);
  expect(found[0].accessMeters).toBeCloseTo(150, 0);
  expect(network.junctionLonE7[found[0].junction]).toBe(east(1_000));
});

test('a junction where only roads meet begins no walk, a trail without a junction nearby neither', () => {
  expect(trailheads(network, [parking('village', 20), parking('beside', 2_000)])).toEqual([]);
});

test('each of two parkings at one junction is somewhere to leave a car', () => {
  const found = trailheads(network, [parking('left', 950), parking('right', 1_050)]);
  expect(found.map(({ id }) => id)).toEqual(['left', 'right']);
  expect(found[0].junction).toBe(found[1].junction);
});

test('a scrap of a way that is joined to nothing begins a walk only where there is nothing else', () => {
  const at = (meters: number): [number, number] => [east(meters), 600_000_000];
  const ground = trailNetwork(
    {
      walk: wayGraph(
        [at(0), at(1_000), at(1_080), at(1_100), at(1_400), at(1_420)],
        [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
      ),
      walkTraits: [plainWay('path'), plainWay('steps'), plainWay('steps')],
      drive: wayGraph([], []),
      closedToCars: new Set(),
      speedKmh: new Float32Array(),
      parkings: [],
      places: [],
      stays: [],
    },
    null,
  );
  const found = trailheads(ground, [parking('beside both', 1_090), parking('beside one', 1_430)]);
  expect(found.map(({ junction }) => ground.junctionLonE7[junction])).toEqual([east(1_000), east(1_420)]);
});

test('a junction just beyond the antimeridian begins the walk of a parking before it, and the other way round', () => {
  const far = 1_800_000_000;
  const beyond = networkAt([-far + east(1_100), -far + east(100), far - east(100)]);
  const parkings = [
    { id: 'east', name: null, lonE7: far - east(20), latE7: 600_000_000 },
    { id: 'west', name: null, lonE7: -far + east(20), latE7: 600_000_000 },
  ];
  const found = trailheads(beyond, parkings);
  expect(found.map(({ junction }) => beyond.junctionLonE7[junction])).toEqual([far - east(100), -far + east(100)]);
  const onlyWest = networkAt([-far + east(1_100), -far + east(100), -far + east(2_000)]);
  expect(trailheads(onlyWest, parkings).map(({ id, accessMeters }) => [id, Math.round(accessMeters)])).toEqual([
    ['east', 120],
    ['west', 80],
  ]);
});
