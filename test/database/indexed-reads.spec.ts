import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CompiledQuery, type Kysely, type KyselyPlugin } from 'kysely';
import type { Database } from '../../src/planning/database/connect.js';
import { currentEditions, type Edition, publishRegion } from '../../src/planning/database/editions.js';
import { migrate } from '../../src/planning/database/migrate.js';
import type { Schema } from '../../src/planning/database/schema.js';
import { RoadStore } from '../../src/planning/driving/road-store.js';
import { staysAround } from '../../src/planning/loops/days/overnights.js';
import { MapStore } from '../../src/planning/map/map-store.js';
import { TileStore } from '../../src/planning/network/tile-store.js';
import { searchPlaces, suggestNames } from '../../src/planning/places/places.js';
import type { Loop } from '../../src/planning/planner/loop-request.js';
import { engines, type Scratch } from './engines.js';
import { someRegion } from './some-region.js';

/** A connection that remembers each query it runs. */
function remembering(db: Database): { db: Database; queries: CompiledQuery[] } {
  const queries: CompiledQuery[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      queries.push(db.getExecutor().compileQuery(node as never, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { db: db.withPlugin(plugin), queries };
}

/** The engine's plan for a query, one line a step; PostgreSQL is kept from scanning tables because they are small. */
async function planOf(db: Database, query: CompiledQuery): Promise<string[]> {
  const sqlite = query.sql.includes('?') || !query.sql.includes('$');
  return db.connection().execute(async (one: Kysely<Schema>) => {
    const run = async (sql: string) => (await one.executeQuery(CompiledQuery.raw(sql, [...query.parameters]))).rows;
    if (sqlite) return (await run(`explain query plan ${query.sql}`)).map((row) => (row as { detail: string }).detail);
    await one.executeQuery(CompiledQuery.raw('set enable_seqscan = off'));
    const rows = await run(`explain ${query.sql}`);
    return rows.map((row) => (row as { 'QUERY PLAN': string })['QUERY PLAN']);
  });
}

describe.each(engines())('reading from $name', (engine) => {
  let scratch: Scratch;
  let db: Database;
  let edition: number;
  let editions: Edition[];

  beforeAll(async () => {
    scratch = await engine.create();
    db = scratch.open();
    await migrate(db);
    for (const name of ['One', 'Two', 'Three']) edition = await publishRegion(db, someRegion(name, 'abcdef', 400));
    editions = await currentEditions(db);
  });
  afterAll(() => scratch.drop());

  const loop = { coordinates: Float64Array.of(1.5, 42.5, 0, 1.6, 42.6, 0, 1.5, 42.5, 0) } as Loop;

  const reads: [string, (db: Database) => Promise<unknown>][] = [
    ['places by name', (db) => searchPlaces(db, [edition], 'abc', 10)],
    ['names for a misspelt one', (db) => suggestNames(db, [edition], 'abcdeg 3', 5)],
    ['a trailhead by its id', (db) => new RoadStore(db, 1e6).trailhead(edition, 'n7')],
    ['roads and trailheads around a place', (db) => new RoadStore(db, 1e6).areas(edition, [{ x: 5_000, y: 2 }])],
    ['places to sleep beside a loop', (db) => staysAround(db, edition, [loop])],
    ['which regions have a map', (db) => new MapStore(db).state(editions)],
    [
      'a tile of the map',
      async (db) => {
        const everywhere = { south: -86, west: -180, north: 86, east: 180 };
        const drawn = editions.map((known) => ({ ...known, bounds: everywhere }));
        const state = { version: 'v', drawn, undrawn: [], hasElevation: false };
        expect(await new MapStore(db).tile(state, 'contour', 14, 7, 3)).toBeNull();
      },
    ],
    ['trails around a start', (db) => new TileStore(db, 1e6).around(edition, 15_000_000, 425_000_000, 10_000)],
  ];

  test.each(reads)('%s goes by an index in every query', async (_what, read) => {
    const remembered = remembering(db);
    await read(remembered.db);
    expect(remembered.queries.length).toBeGreaterThan(0);
    for (const query of remembered.queries) {
      const plan = (await planOf(db, query)).join('\n');
      expect(plan).not.toMatch(/^SCAN |Seq Scan/m);
      expect(plan).toMatch(/USING (COVERING )?INDEX|PRIMARY KEY|Index (Only )?Scan|Bitmap Index Scan/);
      if (query.sql.includes('place_name')) {
        // The range of names, and not only the edition, is what the index is asked for.
        expect(plan).toMatch(/place_name_by_name \(folded>|Index Cond: \(\(?\(?folded >=/);
      }
    }
  });

  test('the regions are one row each', async () => {
    expect(await currentEditions(db)).toHaveLength(3);
  });
});
