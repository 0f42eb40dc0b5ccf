import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type OsmData, osmBlocks, osmFile, osmHeader, squareVillage } from '../../../../test/osm-file.js';
import { blob, framed } from '../../../../test/pbf-blob.js';
import { type Message, write } from '../../../../test/pbf-message.js';
import { BadExtract } from '../pbf/bad-extract.js';
import type { Extract } from './collection.js';
import { leftOutLine, nothingLeftOut } from './left-out.js';
import { readExtract } from './read-extract.js';
import { surveyOf } from './survey-extract.js';

function read(bytes: Uint8Array): Extract {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-extract-'));
  const path = join(folder, 'some.osm.pbf');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  try {
    return readExtract(fd, () => {});
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
}

/** A header of the square village and blocks of one's own. */
const fileOf = (...blocks: Message[]): Buffer =>
  Buffer.concat([
    framed('OSMHeader', blob(write(osmHeader(squareVillage)))),
    ...blocks.map((block) => framed('OSMData', blob(write(block)))),
  ]);

/** What a region is made of, but for what was said about the reading. */
const content = (bytes: Uint8Array) => {
  const extract = read(bytes);
  return { survey: surveyOf(extract), dataDate: extract.dataDate };
};
const village = (more: Partial<OsmData> = {}): Buffer => osmFile({ ...squareVillage, ...more });
const withNode = (node: OsmData['nodes'][number]): Buffer => village({ nodes: [...squareVillage.nodes, node] });

describe('the same extract has the same content', () => {
  const usual = content(village());
  const [nodes, ways, relations] = osmBlocks(squareVillage);

  test.each<[string, () => Buffer]>([
    ['with nodes in columns', () => village({ dense: true })],
    ['packed with zstd', () => village({ packing: 'zstd' })],
    ['packed with LZ4', () => village({ packing: 'lz4' })],
    ['not packed', () => village({ packing: 'raw' })],
    ['with its places on its ways', () => village({ locationsOnWays: true })],
    [
      'with its places on its ways, and saying that one needs to know',
      () => village({ locationsOnWays: true, needs: ['LocationsOnWays'] }),
    ],
    ['with its blocks the other way round', () => fileOf(relations, ways, nodes)],
    ['twice, one behind the other', () => Buffer.concat([village(), village()])],
  ])('%s', (_, bytes) => {
    expect(content(bytes())).toEqual(usual);
  });

  test('with its nodes in any order', () => {
    const turned = content(village({ nodes: squareVillage.nodes.toReversed() }));
    const byId = <T extends { id: string }>(list: T[]): T[] => list.toSorted((a, b) => a.id.localeCompare(b.id));
    expect(turned.survey.walk).toEqual(usual.survey.walk);
    expect(byId(turned.survey.parkings)).toEqual(byId(usual.survey.parkings));
  });
});

describe('of an element that comes again the last one counts', () => {
  const again = (node: Partial<OsmData['nodes'][number]>): Extract =>
    read(withNode({ id: 7, lat: 42.5006, lon: 1.501, ...node }));

  test('with its name, its place and what it is', () => {
    const named = again({ lat: 42.6, tags: { place: 'village', name: 'Nova' } });
    expect(named.features.map(({ id, latE7, feature }) => [id, latE7, feature.place?.name])).toEqual([
      [6, 425_005_000, undefined],
      [8, 424_000_000, undefined],
      [7, 426_000_000, 'Nova'],
    ]);
    expect(named.leftOut.doubles).toBe(1);
    expect(again({}).features.map(({ id }) => id)).toEqual([6, 8]);
  });

  test('unless its last place is none', () => {
    const { features, leftOut } = again({ lat: 95 });
    expect(features.map(({ id }) => id)).toEqual([6, 7, 8]);
    expect(leftOut).toMatchObject({ places: 1, doubles: 0 });
  });

  test('and one that was deleted is gone', () => {
    expect(again({ deleted: true }).features.map(({ id }) => id)).toEqual([6, 8]);
    const ways = [...squareVillage.ways, { id: 11, refs: [3, 4], deleted: true }];
    expect(read(village({ ways })).ways.map(({ id }) => id)).toEqual([10, 12]);
  });

  test('ways and relations too, in the place of the first', () => {
    const ways = [
      ...squareVillage.ways,
      { id: 10, refs: [1, 2], tags: { highway: 'track' } },
      { id: 11, refs: [1, 2] },
    ];
    const relation = { id: 20, ways: [12], tags: { type: 'route', route: 'hiking', name: 'Nou' } };
    const extract = read(village({ ways, relations: [...squareVillage.relations!, relation] }));
    expect(extract.ways.map(({ id, refs, walk }) => [id, refs.length, walk?.traits.routes])).toEqual([
      [10, 2, []],
      [12, 2, ['Nou']],
    ]);
    expect(extract.leftOut.doubles).toBe(3);
  });
});

describe('what cannot be is left out and counted', () => {
  test.each([
    [91, 1.5],
    [42.5, 200],
  ])('a node at %d, %d: its way goes on in parts', (lat, lon) => {
    const nodes = squareVillage.nodes.map((node) => (node.id === 2 ? { ...node, lat, lon } : node));
    const extract = read(village({ nodes }));
    expect(surveyOf(extract).walkTraits.map(({ name }) => name)).toEqual(['', '']);
    expect(leftOutLine(extract.leftOut)).toBe('left out: 1 node with impossible coordinates');
  });

  test('a stretch of hundreds of kilometres: its way goes on in parts', () => {
    const nodes = squareVillage.nodes.map((node) => (node.id === 3 ? { ...node, lat: 47 } : node));
    const extract = read(village({ nodes }));
    const { walk } = surveyOf(extract);
    expect([...walk.wayOffset]).toEqual([0, 2, 4, 6]);
    expect(leftOutLine(extract.leftOut)).toBe('left out: 2 stretches of an impossible length');
  });

  test.each([Date.UTC(1999, 0), Date.UTC(10_000, 0), Date.UTC(2099, 0), 2 ** 62, -1_000])(
    'a date of %d ms: that of the newest element counts, if it can be',
    (replicatedAtMs) => {
      const extract = read(village({ replicatedAtMs, changedAtMs: Date.UTC(2024, 5, 7) }));
      expect(extract.dataDate).toBe('2024-06-07');
      expect(leftOutLine(extract.leftOut)).toBe('left out: 1 impossible date');
      const alone = read(village({ replicatedAtMs, changedAtMs: Date.UTC(2199, 0) }));
      expect(alone.dataDate).toBeNull();
    },
  );

  test('control characters in names, which stay without them', () => {
    const { features, leftOut } = read(
      withNode({ id: 9, lat: 42, lon: 1, tags: { natural: 'peak', name: 'a\u0000b\u001b[31m\nc' } }),
    );
    expect(features.at(-1)!.feature.place!.name).toBe('ab[31m c');
    expect(leftOutLine(leftOut)).toBe('left out: 1 name’s control characters');
  });

  test('the rest of names without an end, cut between two characters', () => {
    for (const name of ['x'.repeat(300), '🏔'.repeat(70_000)]) {
      const { features, leftOut } = read(withNode({ id: 9, lat: 42, lon: 1, tags: { natural: 'peak', name } }));
      expect(features.at(-1)!.feature.place!.name).toBe([...name].slice(0, 255).join(''));
      expect(leftOutLine(leftOut)).toBe('left out: 1 endless name’s rest');
    }
  });

  test('and nothing is said where nothing was', () => {
    expect(leftOutLine(nothingLeftOut())).toBeNull();
    expect(leftOutLine({ places: 2, doubles: 1, stretches: 0, times: 0, controls: 0, tooLong: 2 })).toBe(
      'left out: 2 nodes with impossible coordinates, 1 element that stands in it again, 2 endless names’ rests',
    );
  });
});

describe('a file is refused', () => {
  const zeros = (bytes: number): Buffer => Buffer.alloc(bytes);
  const field = (number: number, value: Message[number]['value']) => ({ number, value });
  const highway = field(
    1,
    ['', 'highway', 'path'].map((text) => field(1, Buffer.from(text))),
  );
  const longWay = (id: number): Message => [
    highway,
    field(2, [field(3, [field(1, BigInt(id)), field(2, [1n]), field(3, [2n]), field(8, Buffer.alloc(500_000, 2))])]),
  ];

  test.each<[string, () => Buffer, RegExp]>([
    [
      'that holds the history of its elements',
      () => village({ needs: ['HistoricalInformation'] }),
      /^the file holds the history/,
    ],
    ['that needs what nobody knows', () => village({ needs: ['Sparse'] }), /^the file needs a reader for "Sparse"$/],
    [
      'that is joined to such a one',
      () => Buffer.concat([village(), village({ needs: ['Sparse'] })]),
      /^the file needs a reader for "Sparse"$/,
    ],
    [
      'whose blocks are mostly nothing',
      () => fileOf(...new Array(3).fill([field(9, zeros(31 * 2 ** 20))])),
      /^the file unpacks to far more than \d+ bytes can honestly say$/,
    ],
    [
      'whose ways are mostly nothing',
      () => fileOf(longWay(1), longWay(2)),
      /^the file has elements for far more than \d+ bytes can honestly say$/,
    ],
    [
      'that is damaged behind its first block',
      () => Buffer.concat([village(), Buffer.from([0, 0, 0, 0])]),
      /^the file is damaged at byte \d+$/,
    ],
    [
      'whose second header is damaged',
      () => Buffer.concat([village(), Buffer.from([0, 0, 0, 2, 0x80, 0x80])]),
      /^the file is damaged at byte \d+: a number is cut off$/,
    ],
    [
      'whose headers are longer than the format allows',
      () => Buffer.concat([village(), Buffer.from([0, 1, 0, 0]), zeros(70_000)]),
      /^the file is damaged at byte \d+$/,
    ],
    [
      'that does not begin with a header',
      () => village().subarray(village().indexOf('OSMData') - 6),
      /^the file is not an OpenStreetMap extract in PBF$/,
    ],
  ])('%s', (_, bytes, line) => {
    expect(() => read(bytes())).toThrow(BadExtract);
    expect(() => read(bytes())).toThrow(line);
  });

  test('whose ways run back and forth for longer than a file of its size can have any', () => {
    const ends = [
      { id: 1, lat: 42, lon: 1 },
      { id: 2, lat: 42.4, lon: 1 },
    ];
    const refs = Array.from({ length: 200 }, (_, i) => 1 + (i % 2));
    const extract = read(osmFile({ nodes: ends, ways: [{ id: 1, refs, tags: { highway: 'path' } }] }));
    expect(() => surveyOf(extract)).toThrow(/^the file has ways of lengths that are far more than/);
  });
});
