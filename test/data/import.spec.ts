import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { connect, type Database } from '../../src/planning/database/connect.js';
import { type Edition, everyEdition } from '../../src/planning/database/editions.js';
import { ExtractFile } from '../../src/planning/import/pbf/blobs-in-file.js';
import { toShared } from '../../src/planning/network/columns.js';
import { KINDS } from '../../src/planning/network/network.js';
import { openTile } from '../../src/planning/network/tile.js';
import { blob, framed, type Packing } from '../pbf-blob.js';
import { bridges } from './bridges.js';

const data = process.env.LOOPWRIGHT_DATA;
const present = data !== undefined && existsSync(join(data, 'andorra-2025.osm.pbf'));
if (!present) {
  if (process.env.LOOPWRIGHT_REQUIRE_ALL === '1')
    throw new Error('LOOPWRIGHT_DATA names no folder with andorra-2025.osm.pbf');
  process.stderr.write('The real extracts are left out: LOOPWRIGHT_DATA names no folder with andorra-2025.osm.pbf\n');
}

const command = new URL('../../dist/planning/import/trails.command.js', import.meta.url).pathname;

interface Segment {
  from: number;
  to: number;
  meters: number;
  ascent: number;
  kind: string;
}

/** What is stored, every segment once. */
async function segmentsOf(db: Database): Promise<Segment[]> {
  const found = new Map<number, Segment>();
  for (const { body } of await db.selectFrom('trail_tile').select('body').execute()) {
    const { columns } = openTile(toShared(body));
    for (const [s, id] of columns.segmentId.entries()) {
      found.set(id, {
        from: columns.junctionId[columns.from[s]],
        to: columns.junctionId[columns.to[s]],
        meters: columns.lengthMeters[s],
        ascent: columns.ascentMeters[s],
        kind: KINDS[columns.kind[s]],
      });
    }
  }
  return [...found.values()];
}

const kilometers = (segments: Segment[]): number => segments.reduce((sum, { meters }) => sum + meters, 0) / 1_000;

(present ? describe : describe.skip)('the Andorra extract', () => {
  let folder: string;
  let db: Database;
  let edition: Edition;
  let segments: Segment[];

  const trails = async (...words: string[]): Promise<string> => {
    const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(folder, 'trails.db')}` };
    return (await promisify(execFile)(process.execPath, [command, ...words], { env })).stdout;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loopwright-andorra-'));
    const start = performance.now();
    await trails('import', join(data!, 'andorra-2025.osm.pbf'), '--elevation', data!);
    process.stdout.write(
      `Andorra 2025 with elevation: imported in ${((performance.now() - start) / 1_000).toFixed(1)} s\n`,
    );
    db = connect({
      url: `sqlite:${join(folder, 'trails.db')}`,
      poolMax: 1,
      statementTimeoutMs: 8_000,
      connectTimeoutMs: 3_000,
    });
    [edition] = await everyEdition(db);
    segments = await segmentsOf(db);
  }, 120_000);
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const within2Percent = (value: number, reference: number): void => {
    expect(value / reference).toBeGreaterThan(0.98);
    expect(value / reference).toBeLessThan(1.02);
  };
  /** What an independent count of the extract took for trails: pavements were footways there. */
  const counted = ({ kind }: Segment): boolean =>
    ['path', 'track', 'footway', 'steps', 'bridleway', 'pavement'].includes(kind);
  /** That count left squares out. */
  const withoutSquares = (): Segment[] => segments.filter(({ kind }) => kind !== 'square');

  test('is of the day that its header says, with elevation', () => {
    expect(edition).toMatchObject({ region: 'Andorra', dataDate: '2025-01-19', hasElevation: true, synthetic: false });
    expect(edition.attribution).toContain('OpenStreetMap');
    expect(segments.every(({ ascent }) => ascent >= 0)).toBe(true);
  });

  test('has the kilometres that an independent count of the accepted ways has', () => {
    const trail = segments.filter(counted);
    within2Percent(kilometers(trail), 1_507);
    within2Percent(kilometers(withoutSquares()) - kilometers(trail), 497);
    // Pavements and crossings are no trails, cycleways for walkers are (docs/rules.md).
    const [pavement, cycleway] = ['pavement', 'cycleway'].map((sort) =>
      kilometers(segments.filter(({ kind }) => kind === sort)),
    );
    expect(edition.counts.trailMeters / 1_000).toBeCloseTo(kilometers(trail) - pavement! + cycleway!, 6);
    expect(pavement).toBeGreaterThan(90);
    expect((edition.counts.trailMeters + edition.counts.roadMeters) / 1_000).toBeCloseTo(kilometers(segments), 6);
  });

  test('has as many junctions and segments, once those are set aside where only the sort of way changes', () => {
    const endsOf = (some: Segment[]): Map<number, number> => {
      const ways = new Map<number, number>();
      for (const { from, to } of some) for (const end of [from, to]) ways.set(end, (ways.get(end) ?? 0) + 1);
      return ways;
    };
    expect(endsOf(segments).size).toBe(edition.counts.junctions);
    expect(segments.length).toBe(edition.counts.segments);
    const ways = endsOf(withoutSquares());
    const passed = [...ways.values()].filter((count) => count === 2).length;
    within2Percent(ways.size - passed, 8_514);
    within2Percent(withoutSquares().length - passed, 11_206);
  });

  test('has 17.2 % of its trails on bridges, give or take a fiftieth', () => {
    const ways = withoutSquares();
    const bridge = bridges({ from: ways.map(({ from }) => from), to: ways.map(({ to }) => to) });
    const dead = kilometers(ways.filter((way, s) => counted(way) && bridge[s]));
    within2Percent(dead / kilometers(ways.filter(counted)), 0.172);
  });

  test('has a trailhead for every parking that is open to visitors and lies within 200 m of a trail junction', async () => {
    const trailheads = await db.selectFrom('trailhead').select(['name', 'junction', 'access_meters']).execute();
    expect(trailheads.length).toBe(edition.counts.trailheads);
    expect(Math.max(...trailheads.map((trailhead) => trailhead.access_meters))).toBeLessThanOrEqual(200);
    // The independent count reached 324 junctions: from private parkings and those of 35 shops and hotels as well, which leaves
    // 282; and over pavements, which are no trails. Without them 8 parkings have no trail in reach, and 121 begin on one
    // that is farther away, often the same.
    expect(trailheads.length).toBe(354 - 35 - 8);
    expect(new Set(trailheads.map(({ junction }) => junction)).size).toBe(256);
    expect(trailheads.filter(({ name }) => name !== null).length).toBeGreaterThan(200);
  });

  test('is found by its names and sleeps in its huts', async () => {
    const named = await db.selectFrom('place').select(['name', 'kind']).execute();
    expect(named).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'Ordino' })]));
    expect(named.filter(({ kind }) => kind === 'peak').length).toBeGreaterThan(100);
    const stays = await db.selectFrom('stay').select('kind').execute();
    expect(stays.filter(({ kind }) => kind.endsWith('hut')).length).toBeGreaterThan(20);
    expect(stays.filter(({ kind }) => kind === 'camp_site').length).toBeGreaterThan(4);
  });

  test('has a map with as many tiles as another cutter made of it, and in them every layer there is something for', async () => {
    const rows = await db.selectFrom('map_tile').selectAll().where('edition', '=', edition.id).execute();
    const of = (layer: string) => rows.filter((row) => row.layer === layer);
    // geojson-vt and vt-pbf over rules written apart from these.
    within2Percent(of('map').length, 368);
    expect(of('contour').map(({ z }) => z)).toEqual(expect.arrayContaining([11, 12, 13]));
    expect(of('relief').map(({ z }) => z)).toEqual(expect.arrayContaining([6, 7, 8, 9, 10, 11]));
    const found = new Map<string, number>();
    for (const { z, body } of of('map')) {
      if (z !== 14) continue;
      for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(gunzipSync(body))).layers)) {
        found.set(name, (found.get(name) ?? 0) + layer.length);
      }
    }
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([
        ...['ground', 'water', 'building', 'waterway', 'boundary', 'cliff', 'lift', 'road', 'trail', 'poi', 'place'],
      ]),
    );
    // What crosses a tile's edge is counted in both.
    expect(found.get('building')).toBeGreaterThan(7_000);
    expect(found.get('trail')).toBeGreaterThan(3_953);
  });

  test('is the same however its extract is packed, and when it stands in the file twice', async () => {
    const contents: [string, Buffer][] = [];
    const fd = openSync(join(data!, 'andorra-2023.osm.pbf'), 'r');
    const extract = new ExtractFile(fd);
    for (const place of extract.blobs()) contents.push([place.type, extract.contentOf(place)]);
    closeSync(fd);
    const packed = (packing: Packing): Buffer =>
      Buffer.concat(contents.map(([type, content]) => framed(type, blob(content, packing))));
    const contentOf = async (bytes: Buffer): Promise<{ rows: number; sha256: string }> => {
      writeFileSync(join(folder, 'repacked.osm.pbf'), bytes);
      await trails('import', join(folder, 'repacked.osm.pbf'), '--name', 'Repacked');
      const { id } = (await everyEdition(db)).find(({ region }) => region === 'Repacked')!;
      const hash = createHash('sha256');
      let rows = 0;
      for (const table of [
        'trail_tile',
        'road_tile',
        'trailhead',
        'place',
        'place_name',
        'stay',
        'map_tile',
      ] as const) {
        const found = await db.selectFrom(table).selectAll().where('edition', '=', id).execute();
        for (const row of found) {
          for (const value of Object.values({ ...row, edition: 0 }))
            hash.update(value instanceof Uint8Array ? value : `${value}|`);
        }
        rows += found.length;
      }
      return { rows, sha256: hash.digest('hex') };
    };
    const usual = await contentOf(packed('zlib'));
    expect(usual.rows).toBeGreaterThan(1_000);
    for (const packing of ['zstd', 'lz4', 'raw'] as const) expect(await contentOf(packed(packing))).toEqual(usual);
    expect(await contentOf(Buffer.concat([packed('zstd'), packed('zlib')]))).toEqual(usual);
    await trails('remove', 'Repacked');
  });

  test('replaces the extract of 2023 under one name', async () => {
    await trails('import', join(data!, 'andorra-2023.osm.pbf'), '--name', 'Pyrenees');
    expect(await trails('list')).toMatch(
      /^Andorra: data of 2025-01-19, .*\nPyrenees: data of 2023-05-0\d, .* no elevation\n$/,
    );
    const [, older] = await everyEdition(db);
    await trails('import', join(data!, 'andorra-2025.osm.pbf'), '--name', 'Pyrenees');
    const [, newer] = await everyEdition(db);
    expect(newer).toMatchObject({ region: 'Pyrenees', dataDate: '2025-01-19', hasElevation: false });
    expect(newer.counts.trailMeters).toBeGreaterThan(older.counts.trailMeters);
    const editions = await db.selectFrom('edition').select('id').execute();
    expect(editions.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([edition.id, newer.id]);
    const tiles = await db.selectFrom('trail_tile').select('edition').distinct().execute();
    expect(tiles.map((tile) => tile.edition).toSorted((a, b) => a - b)).toEqual([edition.id, newer.id]);
    await trails('remove', 'Pyrenees');
    expect(await trails('list')).toMatch(/^Andorra: [^\n]*\n$/);
  }, 60_000);
});
