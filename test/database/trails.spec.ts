import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { everyEdition } from '../../src/planning/database/editions.js';
import { type OsmData, osmBlocks, osmFile, osmHeader, squareVillage } from '../osm-file.js';
import { blob, framed } from '../pbf-blob.js';
import { type Message, write } from '../pbf-message.js';
import { engines, type Scratch } from './engines.js';
import { type Outcome, startTrails } from './start-trails.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopwright-trails-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of the test's own. */
function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A grid of paths that takes seconds to prepare. */
function manyWays(): OsmData {
  const side = 70;
  const id = (x: number, y: number): number => 1 + x * side + y;
  const line = Array.from({ length: side }, (_, i) => i);
  return {
    nodes: line.flatMap((x) => line.map((y) => ({ id: id(x, y), lat: 42 + x / 500, lon: 1 + y / 400 }))),
    ways: line.flatMap((x) => [
      { id: 2 * x + 1, refs: line.map((y) => id(x, y)), tags: { highway: 'path' } },
      { id: 2 * x + 2, refs: line.map((y) => id(y, x)), tags: { highway: 'path' } },
    ]),
  };
}

const start = (url: string, words: string[]) => startTrails(url, words, folder);

describe.each(engines())('the trails command on $name', ({ create }) => {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await create();
  });
  afterEach(() => scratch.drop());
  const trails = (...words: string[]): Promise<Outcome> => start(scratch.url, words).outcome;

  test('draws a map of what it makes, and none with --no-map', async () => {
    const tiles = async (): Promise<number> => {
      const db = scratch.open();
      const rows = await db.selectFrom('map_tile').select('layer').distinct().execute();
      await db.destroy();
      return rows.length;
    };
    expect(await trails('sample', '--no-map')).toMatchObject({
      code: 0,
      stderr: 'making the sample region\npreparing the planner’s tables\nwriting\n',
    });
    expect(await tiles()).toBe(0);
    expect(await trails('sample')).toMatchObject({ code: 0 });
    expect(await tiles()).toBe(3);
  });

  test('makes the sample on an empty database, lists it and removes it', async () => {
    const made = await trails('sample');
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Sample \(synthetic\): data of .*\n$/) });
    expect(made.stderr).toBe('making the sample region\ndrawing the map\npreparing the planner’s tables\nwriting\n');
    expect(await trails('list')).toMatchObject({ code: 0, stdout: made.stdout });
    expect(await trails('remove', 'Sample (synthetic)')).toMatchObject({ code: 0 });
    expect(await trails('list')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('no region yet'),
    });
  });

  test('imports an extract under the name of its file, and a newer one in its place', async () => {
    const first = await trails('import', file('square-230502.osm.pbf', osmFile(squareVillage)));
    expect(first.stdout).toMatch(
      /^Square: data of 2025-01-19, 4 km of trails, 0 km of roads .* 1 trailheads, 1 places, no elevation\n$/,
    );
    const newer = { ...squareVillage, replicatedAtMs: Date.UTC(2026, 1, 3) };
    await trails('import', file('square-latest.osm.pbf', osmFile(newer)));
    const db = scratch.open();
    expect(await everyEdition(db)).toMatchObject([{ region: 'Square', dataDate: '2026-02-03', hasElevation: false }]);
    expect(await db.selectFrom('trailhead').select(['id', 'name']).execute()).toEqual([{ id: 'n6', name: 'Vila' }]);
    expect(await db.selectFrom('place').select(['id', 'name', 'population']).execute()).toEqual([
      { id: 'n7', name: 'Vila', population: 120 },
    ]);
  });

  test('a name with control characters, one without an end and an element twice lose no import', async () => {
    const village = (id: number, name: string) => ({ id, lat: 42.5, lon: 1.5, tags: { place: 'village', name } });
    const nodes = [
      ...squareVillage.nodes,
      ...[village(30, 'Nul\u0000l'), village(31, '\ufdfa'.repeat(400)), village(32, 'Dorf'), village(32, 'Zwei')],
      ...[village(33, 'x y '.repeat(9_000)), { id: 34, lat: 91, lon: 200 }],
    ];
    const outcome = await trails('import', file('odd.osm.pbf', osmFile({ ...squareVillage, nodes })));
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(
      '\nleft out: 1 node with impossible coordinates, 1 element that stands in it again, ' +
        '1 name’s control characters, 2 endless names’ rests\n',
    );
    const db = scratch.open();
    const named = await db.selectFrom('place').select(['id', 'name']).orderBy('id').execute();
    expect(named.map(({ id, name }) => [id, name.slice(0, 5)])).toEqual([
      ['n30', 'Null'],
      ['n31', '\ufdfa'.repeat(5)],
      ['n32', 'Zwei'],
      ['n33', 'x y x'],
      ['n7', 'Vila'],
    ]);
  });

  test('an extract with less than half of what the region had is refused, and imported when forced', async () => {
    await trails('import', file('whole.osm.pbf', osmFile(squareVillage)), '--name', 'Village');
    const before = await everyEdition(scratch.open());
    const less = file('less.osm.pbf', osmFile({ ...squareVillage, ways: squareVillage.ways.slice(2) }));
    const refused = await trails('import', less, '--name', 'Village');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /\ntrails: Village would be left with 0 km of ways instead of 4 km; --force imports it all the same\n$/,
    );
    expect(await everyEdition(scratch.open())).toEqual(before);
    expect(await trails('import', less, '--name', 'Elsewhere')).toMatchObject({ code: 0 });
    expect(await trails('import', less, '--name', 'Village', '--force')).toMatchObject({ code: 0 });
    expect((await everyEdition(scratch.open())).map(({ counts }) => counts.trailMeters)).toEqual([0, 0]);
  });

  test.each<[string, () => string[], RegExp]>([
    ['is not there', () => ['nowhere.osm.pbf'], /there is no file nowhere\.osm\.pbf/],
    ['is a folder', () => [folder], /this is a folder/],
    ['is empty', () => [file('empty.osm.pbf', new Uint8Array())], /the file is empty/],
    [
      'is something else',
      () => [file('photo.osm.pbf', Buffer.from('GIF89a of a hill, of course'))],
      /not an OpenStreetMap extract/,
    ],
    [
      'is cut off',
      () => {
        const path = file('cut.osm.pbf', osmFile(squareVillage));
        truncateSync(path, osmFile(squareVillage).length - 20);
        return [path];
      },
      /ends in the middle of a block/,
    ],
    [
      'is damaged inside',
      () => {
        const bytes = osmFile(squareVillage);
        return [file('damaged.osm.pbf', bytes.fill(0x55, bytes.length - 60, bytes.length - 20))];
      },
      /cannot be read|damaged/,
    ],
    [
      'has nodes whose tags never end',
      () => {
        const [nodes] = osmBlocks({ ...squareVillage, dense: true });
        const columns = ((nodes[1].value as Message)[0].value as Message).find(({ number }) => number === 10)!;
        columns.value = (columns.value as bigint[]).slice(0, -1);
        const header = framed('OSMHeader', blob(write(osmHeader(squareVillage))));
        return [file('endless.osm.pbf', Buffer.concat([header, framed('OSMData', blob(write(nodes)))]))];
      },
      /the block at byte \d+ is damaged: the tags of its nodes do not end where they should/,
    ],
    [
      'holds the history of its elements',
      () => [file('history.osm.pbf', osmFile({ ...squareVillage, needs: ['HistoricalInformation'] }))],
      /the file holds the history of its elements/,
    ],
    [
      'needs what has a name for terminals',
      () => [file('escape.osm.pbf', osmFile({ ...squareVillage, needs: ['\u009b31mRed\u001b[0m'] }))],
      /the file needs a reader for "31mRed\\u001b\[0m"/,
    ],
    [
      'holds no way',
      () => [file('bare.osm.pbf', osmFile({ nodes: squareVillage.nodes, ways: [] }))],
      /not one way to walk on/,
    ],
    [
      'comes with an elevation folder that has no tiles',
      () => [file('fine.osm.pbf', osmFile(squareVillage)), '--elevation', folder],
      /no elevation tile like N42E001\.hgt/,
    ],
    [
      'comes from a server that is not there',
      () => ['http://127.0.0.1:2/x.osm.pbf'],
      /cannot be reached.*ECONNREFUSED/,
    ],
  ])('an extract that %s is told in one line, and the old region stays', async (_, words, line) => {
    await trails('import', file('village.osm.pbf', osmFile(squareVillage)), '--name', 'Village');
    const before = await everyEdition(scratch.open());
    const outcome = await trails('import', ...words(), '--name', 'Village');
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    const said = outcome.stderr.split('\n').filter((text) => text.startsWith('trails: '));
    expect(said).toEqual([expect.stringMatching(line)]);
    expect(outcome.stderr.endsWith(`${said[0]}\n`)).toBe(true);
    expect(outcome.stderr).not.toContain('    at ');
    expect(outcome.stderr).not.toMatch(/[^\P{Cc}\n]/u);
    expect(await everyEdition(scratch.open())).toEqual(before);
  });
});

describe('the trails command', () => {
  const url = (): string => `sqlite:${join(folder, 'one.db')}`;

  test.each([['--help'], ['import', '--help'], ['sample', '--help'], ['list', '--help'], ['remove', '--help']])(
    'has a help page: %s %s',
    async (...words) => {
      const { code, stdout } = await start('sqlite:/nowhere/at/all.db', words).outcome;
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: trails/);
    },
  );

  test.each([
    ['walk'],
    ['list', 'all'],
    ['remove'],
    ['import'],
    ['import', 'a', 'b'],
    ['sample', '--seed', '3'],
    ['import', 'a', '--max-download', 'much'],
    ['import', 'a', '--name', ''],
    ['import', 'a', '--name', 'x'.repeat(201)],
    ['import', 'http://me:hunter2@[/x'],
    ['walk\u001b[31m'],
  ])('answers words that it does not know in one line: %s %s %s', async (...words) => {
    const { code, stderr } = await start(url(), words).outcome;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^trails: [^\p{Cc}]+\n$/u);
    expect(stderr).not.toContain('hunter2');
  });

  test('says what is wrong with its environment, and which regions there are when asked for another', async () => {
    expect(await start('mysql://x', ['list']).outcome).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL'),
    });
    await start(url(), ['sample']).outcome;
    const { code, stderr } = await start(url(), ['remove', 'Atlantis']).outcome;
    expect([code, stderr]).toEqual([1, 'trails: there is no region Atlantis, only Sample (synthetic)\n']);
  });

  test.each(['reading the extract', 'building the network', 'drawing the map', 'preparing the planner’s tables'])(
    'SIGTERM while it is %s ends it in one line, with nothing written',
    async (stage) => {
      const before = await start(url(), ['list']).outcome;
      const { child, outcome } = start(url(), [
        'import',
        file('large.osm.pbf', osmFile(manyWays())),
        '--name',
        'Never',
      ]);
      child.stderr!.on('data', (chunk) => {
        if (String(chunk).includes(stage)) child.kill('SIGTERM');
      });
      expect(await outcome).toMatchObject({
        code: 143,
        stdout: '',
        stderr: expect.stringMatching(/\ntrails: interrupted; the database is as it was\n$/),
      });
      expect(await start(url(), ['list']).outcome).toEqual(before);
    },
  );
});
