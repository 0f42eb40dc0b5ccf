import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { type OsmData, osmFile } from '../../../../../test/osm-file.js';
import { readExtract } from '../../osm/read-extract.js';
import { boxOf } from '../cutter/world.js';
import { drawMap } from '../draw-map.js';
import { drawSquare } from '../draw-square.js';
import { mapFeatures } from './map-features.js';

const BOUNDS = { south: 42.49, west: 1.49, north: 42.53, east: 1.53 };

/** A made-up extract as a map, decoded: of each layer what its last zoom tells, each thing once. */
async function drawn(data: OsmData, starts: string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-map-'));
  const path = join(folder, 'some.osm.pbf');
  await writeFile(path, osmFile(data));
  const file = await open(path);
  try {
    const { map } = readExtract(file.fd, () => {}, true);
    const source = { features: mapFeatures(map!, new Set(starts)), rasters: [], box: boxOf(BOUNDS) };
    const tiles = await drawMap(source, async (square) => drawSquare(source, square), 100);
    const found = new Map<string, { type: string; rings: number; properties: object }>();
    for (const { z, x, y, body } of tiles) {
      if (z !== 14) continue;
      for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(gunzipSync(body))).layers)) {
        for (let i = 0; i < layer.length; i++) {
          const { geometry, properties } = layer.feature(i).toGeoJSON(x, y, z);
          const rings = geometry.type === 'Polygon' ? geometry.coordinates.length : 0;
          found.set(`${name} ${JSON.stringify(properties)}`, { type: geometry.type, rings, properties: properties! });
        }
      }
    }
    return {
      names: [...found.keys()].sort(),
      find: (layer: string) => [...found].filter(([key]) => key.startsWith(`${layer} `)).map(([, value]) => value),
    };
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
}

/** Four corners, numbered from `first` on. */
const corners = (first: number, lat: number, lon: number, side = 0.008): OsmData['nodes'] => [
  { id: first, lat, lon },
  { id: first + 1, lat: lat + side, lon },
  { id: first + 2, lat: lat + side, lon: lon + side },
  { id: first + 3, lat, lon: lon + side },
];
const around = (first: number): number[] => [first, first + 1, first + 2, first + 3, first];

describe('the map of an extract', () => {
  test('draws closed ways as areas where their tags say so, and as lines where they do not', async () => {
    const nodes = corners(1, 42.5, 1.5);
    const refs = around(1);
    const { names } = await drawn({
      nodes,
      ways: [
        { id: 1, refs, tags: { natural: 'wood' } },
        { id: 2, refs, tags: { natural: 'cliff' } },
        { id: 3, refs, tags: { highway: 'residential', name: 'Rodona' } },
        { id: 4, refs, tags: { highway: 'pedestrian', area: 'yes' } },
        { id: 5, refs, tags: { building: 'no' } },
        { id: 6, refs, tags: { natural: 'water', name: 'Estany' } },
      ],
    });
    expect(names).toEqual([
      'cliff {}',
      'ground {"kind":"wood"}',
      'road {"class":"street","name":"Rodona"}',
      'water {"kind":"lake","name":"Estany"}',
    ]);
  });

  test('joins the ways of a multipolygon to rings, holes and all', async () => {
    const { find } = await drawn({
      nodes: [...corners(1, 42.5, 1.5), ...corners(5, 42.502, 1.502, 0.002)],
      ways: [
        { id: 1, refs: [1, 2, 3] },
        { id: 2, refs: [1, 4, 3] },
        { id: 3, refs: around(5), tags: { natural: 'scree' } },
      ],
      relations: [{ id: 9, ways: [1, 2, 3], inner: [3], tags: { type: 'multipolygon', landuse: 'forest' } }],
    });
    expect(find('ground')).toEqual(
      expect.arrayContaining([
        { type: 'Polygon', rings: 2, properties: { kind: 'wood' } },
        { type: 'Polygon', rings: 1, properties: { kind: 'scree' } },
      ]),
    );
  });

  test('tells of a path its grade, the routes along it, the greatest net, and whether it is shut', async () => {
    const nodes = corners(1, 42.5, 1.5);
    const { find } = await drawn({
      nodes,
      ways: [
        { id: 1, refs: [1, 2], tags: { highway: 'path', sac_scale: 'alpine_hiking', trail_visibility: 'bad' } },
        { id: 2, refs: [2, 3], tags: { highway: 'track', access: 'private' } },
        { id: 3, refs: [3, 4], tags: { highway: 'footway', footway: 'sidewalk' } },
      ],
      relations: [
        { id: 7, ways: [1], tags: { type: 'route', route: 'hiking', network: 'lwn', name: 'Volta' } },
        { id: 8, ways: [1], tags: { type: 'route', route: 'hiking', network: 'iwn', name: 'GR 11' } },
      ],
    });
    expect(find('trail').map(({ properties }) => properties)).toEqual(
      expect.arrayContaining([
        { kind: 'path', sac: 4, vis: 'bad', net: 1, routes: 'Volta · GR 11' },
        { kind: 'track', closed: true },
        { kind: 'footway', town: true },
      ]),
    );
  });

  test('draws a border once, at the level of the greatest that ends there', async () => {
    const { find } = await drawn({
      nodes: corners(1, 42.5, 1.5),
      ways: [{ id: 1, refs: around(1), tags: { boundary: 'administrative' } }],
      relations: [
        { id: 7, ways: [1], tags: { type: 'boundary', boundary: 'administrative', admin_level: '7' } },
        { id: 8, ways: [1], tags: { type: 'boundary', boundary: 'administrative', admin_level: '2' } },
        { id: 9, ways: [1], tags: { type: 'boundary', boundary: 'administrative', admin_level: '10' } },
      ],
    });
    expect(find('boundary').map(({ properties }) => properties)).toEqual([{ level: 2 }]);
  });

  test('shows peaks with their heights, huts in the middle of their walls, and which parkings are trailheads', async () => {
    const { find } = await drawn(
      {
        nodes: [
          ...corners(1, 42.5, 1.5),
          { id: 11, lat: 42.51, lon: 1.51, tags: { natural: 'peak', name: 'Pic', ele: '2942.5' } },
          { id: 12, lat: 42.511, lon: 1.51, tags: { natural: 'peak', ele: 'high' } },
          { id: 13, lat: 42.512, lon: 1.51, tags: { amenity: 'parking' } },
          { id: 14, lat: 42.513, lon: 1.51, tags: { amenity: 'parking', access: 'private' } },
          { id: 15, lat: 42.514, lon: 1.51, tags: { place: 'hamlet', name: 'Vila', population: 'few' } },
        ],
        ways: [{ id: 1, refs: around(1), tags: { building: 'yes', tourism: 'alpine_hut', name: 'Refugi' } }],
      },
      ['n13'],
    );
    expect(find('poi').map(({ properties }) => properties)).toEqual(
      expect.arrayContaining([
        { kind: 'peak', name: 'Pic', ele: 2_943 },
        { kind: 'peak' },
        { kind: 'parking', id: 'n13' },
        { kind: 'hut', name: 'Refugi' },
      ]),
    );
    expect(find('poi')).toHaveLength(4);
    expect(find('place').map(({ properties }) => properties)).toEqual([{ kind: 'hamlet', name: 'Vila', rank: 4 }]);
  });

  test('draws the stretches of a way whose nodes are there, and of what comes again the last', async () => {
    const nodes = [1, 2, 4, 5].map((id) => ({ id, lat: 42.5 + id / 1_000, lon: 1.5 }));
    const { find, names } = await drawn({
      nodes,
      ways: [
        { id: 3, refs: [1, 2], tags: { highway: 'path', name: 'old' } },
        { id: 2, refs: [1, 2, 3, 4, 5], tags: { waterway: 'stream' } },
        { id: 3, refs: [1, 2], tags: { highway: 'path', name: 'new' } },
        { id: 4, refs: [1, 2], tags: { highway: 'track' }, deleted: true },
      ],
    });
    expect(find('waterway').map(({ type }) => type)).toEqual(['LineString']);
    expect(names).toContain('trail {"kind":"path","name":"new"}');
    expect(find('trail')).toHaveLength(1);
  });

  test('takes places from ways that tell them', async () => {
    const { names } = await drawn({
      nodes: corners(1, 42.5, 1.5),
      ways: [{ id: 1, refs: around(1), tags: { natural: 'glacier' } }],
      needs: ['LocationsOnWays'],
      locationsOnWays: true,
    });
    expect(names).toEqual(['ground {"kind":"glacier"}']);
  });
});
