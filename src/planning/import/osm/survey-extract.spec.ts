import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type OsmData, osmFile, squareVillage } from '../../../../test/osm-file.js';
import type { Extract } from './collection.js';
import { readExtract } from './read-extract.js';
import { surveyOf } from './survey-extract.js';

async function read(data: OsmData): Promise<Extract> {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-extract-'));
  const path = join(folder, 'some.osm.pbf');
  await writeFile(path, osmFile(data));
  const file = await open(path);
  try {
    return readExtract(file.fd, () => {});
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
}

const waysOf = ({ walk }: ReturnType<typeof surveyOf>): number[][] =>
  Array.from(walk.wayOffset.subarray(1), (end, w) => [...walk.wayNodes.subarray(walk.wayOffset[w], end)]);

describe('an extract', () => {
  test('is of the day that its header says, else of its newest element', async () => {
    expect((await read(squareVillage)).dataDate).toBe('2025-01-19');
    const dated = { ...squareVillage, replicatedAtMs: undefined, changedAtMs: Date.UTC(2024, 5, 7, 23) };
    expect((await read(dated)).dataDate).toBe('2024-06-07');
    expect((await read({ ...squareVillage, replicatedAtMs: undefined })).dataDate).toBeNull();
  });

  test('gives ways to walk on, with the hiking routes along them', async () => {
    const survey = surveyOf(await read(squareVillage));
    expect(survey.walkTraits).toMatchObject([
      { name: 'Camí', difficulty: 2, routes: ['Gran Recorregut'] },
      { name: '', routes: [] },
      { name: '' },
    ]);
    expect(survey.speedKmh.length).toBe(1);
  });

  test('a way whose nodes lie partly beyond the border goes on in parts, none of a single node', async () => {
    const nodes = [1, 2, 4, 5, 7].map((id) => ({ id, lat: 42 + id / 100, lon: 1.5 }));
    const cut = { nodes, ways: [{ id: 9, refs: [1, 2, 3, 4, 5, 6, 7], tags: { highway: 'path' } }] };
    const survey = surveyOf(await read(cut));
    expect(waysOf(survey)).toHaveLength(2);
    expect(waysOf(survey).map((way) => way.map((node) => survey.walk.nodeLatE7[node]))).toEqual([
      [420_100_000, 420_200_000],
      [420_400_000, 420_500_000],
    ]);
    expect(survey.walkTraits).toHaveLength(2);
  });

  test('knows where cars cannot go on, on nodes of its roads alone', async () => {
    const bollard = { barrier: 'bollard' };
    const nodes = [1, 2, 3, 4].map((id) => ({ id, lat: 42 + id / 100, lon: 1.5, ...(id !== 2 && { tags: bollard }) }));
    const ways = [{ id: 9, refs: [1, 2, 3], tags: { highway: 'residential' } }];
    const { closedToCars, drive } = surveyOf(await read({ nodes, ways }));
    expect([...closedToCars].map((node) => drive.nodeLatE7[node])).toEqual([420_100_000, 420_300_000]);
  });

  test('finds parkings that are nodes, areas and relations, in the middle of each', async () => {
    const corners = [1, 2, 3, 4].map((id) => ({ id, lat: id < 3 ? 42 : 42.001, lon: id % 3 === 1 ? 1 : 1.001 }));
    const survey = surveyOf(
      await read({
        nodes: [...corners, { id: 5, lat: 43, lon: 2, tags: { amenity: 'parking', name: 'P' } }],
        ways: [
          { id: 6, refs: [1, 2, 3, 4, 1], tags: { amenity: 'parking' } },
          { id: 7, refs: [1, 2] },
          { id: 8, refs: [2, 3, 4, 1] },
        ],
        relations: [{ id: 9, ways: [7, 8], tags: { type: 'multipolygon', amenity: 'parking' } }],
      }),
    );
    expect(survey.parkings).toEqual([
      { id: 'n5', name: 'P', lonE7: 20_000_000, latE7: 430_000_000 },
      { id: 'w6', name: null, lonE7: 10_005_000, latE7: 420_005_000 },
      { id: 'r9', name: null, lonE7: 10_005_000, latE7: 420_005_000 },
    ]);
  });

  test('the middle of a parking over the antimeridian is there, and so is the place that names it', async () => {
    const lons = [179.9995, -179.9985, -179.9985, 179.9995];
    const nodes = lons.map((lon, i) => ({ id: i + 1, lat: -16.8 + (i < 2 ? 0 : 0.001), lon }));
    const village = { id: 5, lat: -16.8, lon: 179.9998, tags: { place: 'village', name: 'Naselesele' } };
    const ways = [{ id: 6, refs: [1, 2, 3, 4, 1], tags: { amenity: 'parking' } }];
    expect(surveyOf(await read({ nodes: [...nodes, village], ways })).parkings).toEqual([
      { id: 'w6', name: 'Naselesele', lonE7: -1_799_995_000, latE7: -167_995_000 },
    ]);
  });

  test('a parking without a name takes that of a place within 400 m, not of one farther off', async () => {
    const named = await read(squareVillage);
    expect(surveyOf(named).parkings.map(({ id, name }) => [id, name])).toEqual([
      ['n6', 'Vila'],
      ['n8', null],
    ]);
  });
});
