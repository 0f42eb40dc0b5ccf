import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type OsmData, osmFile } from '../../../../test/osm-file.js';
import { closingText, isOpenOn, readClosing } from '../../network/closings.js';
import { distanceMetersE7 } from '../../network/geodesy.js';
import { CAUTIONS, KINDS } from '../../network/network.js';
import type { Survey } from '../survey.js';
import { trailNetwork } from '../trail-network.js';
import { readExtract } from './read-extract.js';
import { surveyOf } from './survey-extract.js';

type Tags = Record<string, string>;

async function surveyed(data: OsmData): Promise<Survey> {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-walks-'));
  const path = join(folder, 'some.osm.pbf');
  await writeFile(path, osmFile(data));
  const file = await open(path);
  try {
    return surveyOf(readExtract(file.fd, () => {}));
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
}

/** Nodes on a grid of about 111 m, by their numbers: 12 is one to the east and two to the north. */
const grid = (tags: Record<number, Tags> = {}): OsmData['nodes'] =>
  Array.from({ length: 60 }, (_, id) => ({
    id: id + 1,
    lat: (id % 10) / 1000,
    lon: Math.floor(id / 10) / 1000,
    ...(tags[id + 1] && { tags: tags[id + 1]! }),
  }));

/** The ways that are walked, each with its length in metres, its kind and what is told of it. */
function walks({ walk, walkTraits }: Survey) {
  return walkTraits.map(({ kind, cautions }, w) => {
    const nodes = walk.wayNodes.subarray(walk.wayOffset[w], walk.wayOffset[w + 1]);
    const meters = nodes.subarray(1).reduce((sum, node, i) => {
      const [lon, lat] = [walk.nodeLonE7, walk.nodeLatE7];
      return sum + distanceMetersE7(lon[nodes[i]!]!, lat[nodes[i]!]!, lon[node]!, lat[node]!);
    }, 0);
    return {
      nodes: [...nodes],
      meters: Math.round(meters),
      kind: KINDS[kind],
      told: CAUTIONS.filter((_, bit) => cautions & (1 << bit)),
    };
  });
}

const path = (id: number, refs: number[], tags: Tags = {}) => ({ id, refs, tags: { highway: 'path', ...tags } });

describe('a node that stops walkers', () => {
  const ways = [path(1, [1, 2, 3]), path(2, [2, 12])];

  test('parts what meets there, and nothing of the ways is lost', async () => {
    const network = trailNetwork(await surveyed({ nodes: grid({ 2: { barrier: 'gate', foot: 'no' } }), ways }), null);
    expect(network.segmentCount).toBe(3);
    expect(new Set([...network.from, ...network.to]).size).toBe(6);
    expect(Math.round(network.lengthMeters.reduce((sum, meters) => sum + meters))).toBe(334);
  });

  test('is none when it says nothing of walkers', async () => {
    const network = trailNetwork(await surveyed({ nodes: grid({ 2: { barrier: 'gate' } }), ways }), null);
    expect(new Set([...network.from, ...network.to]).size).toBe(4);
  });
});

test('a ford is told of the ways beside its node alone', async () => {
  const survey = await surveyed({ nodes: grid({ 3: { ford: 'yes' } }), ways: [path(1, [1, 2, 3, 4, 5])] });
  expect(walks(survey).map(({ meters, told }) => [meters, told])).toEqual([
    [111, []],
    [222, ['ford']],
    [111, []],
  ]);
});

test('a gate that is closed in the winter is told of the ways beside it, with what closes the way', async () => {
  const gate = { barrier: 'gate', 'foot:conditional': 'no @ (Nov-Apr)' };
  const ways = [path(1, [1, 2, 3, 4, 5], { seasonal: 'summer' })];
  const { walk, walkTraits } = await surveyed({ nodes: grid({ 3: gate }), ways });
  expect([...walk.direction]).toEqual([3, 3, 3, 3]);
  expect(walkTraits.map(({ closing }) => closingText(readClosing(closing)!))).toEqual([
    'seasonal=summer',
    'seasonal=summer, foot:conditional=no @ (Nov-Apr)',
    'seasonal=summer, foot:conditional=no @ (Nov-Apr)',
    'seasonal=summer',
  ]);
});

test('a gate that is open in the summer alone closes the way unless a date is said', async () => {
  const gate = { barrier: 'gate', access: 'private', 'access:conditional': 'yes @ (May-Oct)' };
  const { walk, walkTraits } = await surveyed({ nodes: grid({ 3: gate }), ways: [path(1, [1, 2, 3, 4, 5])] });
  expect([...walk.direction]).toEqual([3, 0, 0, 3]);
  const closing = readClosing(walkTraits[1]!.closing)!;
  expect(closing.directions).toBe(3);
  expect(['2027-06-01', '2027-12-01'].map((date) => isOpenOn(closing, date, false))).toEqual([true, false]);
});

test('a ladder on a way makes it hard on both sides of its node', async () => {
  const ways = [path(1, [1, 2, 3, 4, 5], { sac_scale: 'hiking' })];
  const { walkTraits } = await surveyed({ nodes: grid({ 3: { ladder: 'yes' } }), ways });
  expect(walkTraits.map(({ difficulty }) => difficulty)).toEqual([1, 3, 3, 1]);
});

describe('military ground', () => {
  const ground = { id: 9, refs: [2, 4, 14, 12, 2], tags: { landuse: 'military' } };
  // From outside over the ground to the other side, in the middle between its corners.
  const nodes = [
    ...grid(),
    ...[-0.5, 1.5, 2.5, 4.5].map((y, i) => ({ id: 100 + i, lat: y / 1000, lon: 0.0005 })),
    { id: 105, lat: 0.0095, lon: 0.0005 },
  ];

  test('is told of what lies on it', async () => {
    const ways = [ground, path(1, [100, 101, 102, 103, 105])];
    const found = walks(await surveyed({ nodes, ways }));
    expect(found.map(({ told }) => told)).toEqual([['military'], []]);
    expect(found[1]!.meters).toBe(556);
  });

  test('is not told where the way itself says that one may walk', async () => {
    const ways = [ground, path(1, [100, 101, 102, 103], { foot: 'yes' })];
    expect(walks(await surveyed({ nodes, ways })).map(({ told }) => told)).toEqual([[]]);
  });
});

describe('a square', () => {
  const square = { highway: 'pedestrian', area: 'yes' };
  const rim = [2, 3, 4, 14, 24, 23, 22, 12, 2];

  test('is crossed straight from entry to entry', async () => {
    const ways = [{ id: 9, refs: rim, tags: square }, path(1, [1, 2]), path(2, [24, 34])];
    const found = walks(await surveyed({ nodes: grid(), ways }));
    expect(found).toHaveLength(3);
    expect(found[2]).toMatchObject({ meters: 315, kind: 'square' });
  });

  test('is crossed as a multipolygon of several ways', async () => {
    const ways = [
      { id: 8, refs: [2, 3, 4, 14, 24] },
      { id: 9, refs: [2, 12, 22, 23, 24] },
      path(1, [1, 2]),
      path(2, [24, 34]),
    ];
    const relations = [{ id: 20, ways: [8, 9], tags: { type: 'multipolygon', highway: 'pedestrian' } }];
    const found = walks(await surveyed({ nodes: grid(), ways, relations }));
    expect(found.map(({ meters }) => meters)).toEqual([111, 111, 315]);
  });

  test('is walked along its rim where the straight line leaves it', async () => {
    // An L: from the end of one leg to the end of the other round the inner corner.
    const bent = [2, 4, 14, 13, 23, 22, 2];
    const ways = [{ id: 9, refs: bent, tags: square }, path(1, [14, 15]), path(2, [23, 33])];
    const found = walks(await surveyed({ nodes: grid(), ways }));
    expect(found.filter(({ kind }) => kind === 'square').map(({ meters }) => meters)).toEqual([222]);
  });

  test('with no entry or one joins nothing', async () => {
    const ways = [{ id: 9, refs: rim, tags: square }, path(1, [1, 2])];
    expect(walks(await surveyed({ nodes: grid(), ways }))).toHaveLength(1);
  });

  test('needs no more lines than lead nearly straight', async () => {
    const ways = [{ id: 9, refs: rim, tags: square }, ...rim.slice(1).map((ref, i) => path(i + 1, [ref, ref + 30]))];
    const lines = walks(await surveyed({ nodes: grid(), ways })).filter(({ kind }) => kind === 'square');
    expect(lines.length).toBeLessThan(20);
    expect(lines.length).toBeGreaterThanOrEqual(8);
  });
});
