import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import type { Database } from '../../src/planning/database/connect.js';
import { publishRegion } from '../../src/planning/database/editions.js';
import { migrate } from '../../src/planning/database/migrate.js';
import { MOST_TILES, tilesIn } from '../../src/planning/network/stored-tiles.js';
import { blockAround, countOf, keysOf, ROAD_GRID, TRAIL_GRID, tileAt } from '../../src/planning/network/tile-grid.js';
import { TileStore } from '../../src/planning/network/tile-store.js';
import { TILES_PER_TURN } from '../../src/planning/network/turns.js';
import { engines, type Scratch } from './engines.js';
import { someRegion } from './some-region.js';

const E7 = 1e7;
/** The farthest that a question looks from a start. */
const FARTHEST_METERS = 121_100;

/** A connection that counts the values that go into each query. */
function counting(db: Database): { db: Database; sizes: number[] } {
  const sizes: number[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      sizes.push(db.getExecutor().compileQuery(node as never, queryId).parameters.length);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { db: db.withPlugin(plugin), sizes };
}

describe.each(engines())('tiles from $name', (engine) => {
  let scratch: Scratch;
  let db: Database;
  let edition: number;
  const atPole = tileAt(TRAIL_GRID, 20 * E7, 89.99 * E7);

  beforeAll(async () => {
    scratch = await engine.create();
    db = scratch.open();
    await migrate(db);
    const region = someRegion('Pole', 'abc', 3);
    edition = await publishRegion(db, region);
    await db.deleteFrom('trail_tile').where('edition', '=', edition).execute();
    await db
      .insertInto('trail_tile')
      .values({ edition, ...atPole, body: Buffer.from('a tile') })
      .execute();
  });
  afterAll(() => scratch.drop());

  test.each([-90, -89.997, -60, 0, 60, 80, 85, 89.997, 90])(
    'no question, whatever it asks at latitude %d, makes more keys than may be',
    async (lat) => {
      for (const [grid, table] of [
        [TRAIL_GRID, 'trail_tile'],
        [ROAD_GRID, 'road_tile'],
      ] as const) {
        const block = blockAround(grid, 20 * E7, lat * E7, FARTHEST_METERS);
        const keys = await tilesIn(db, table, grid, edition, block);
        expect(keys.length).toBeLessThanOrEqual(MOST_TILES);
        if (countOf(block) <= MOST_TILES) expect(keys).toEqual(keysOf(grid, block));
      }
    },
  );

  test('near a pole the one tile that is stored is found, by queries of a few values', async () => {
    const counted = counting(db);
    const tiles = await new TileStore(counted.db, 1e6).around(edition, -160 * E7, 89.997 * E7, FARTHEST_METERS);
    expect(tiles.map(({ x, y }) => ({ x, y }))).toEqual([atPole]);
    expect(Math.max(...counted.sizes)).toBeLessThan(10);
  });

  test('many tiles are asked for in several queries, none for more than a turn of the loop may handle', async () => {
    const counted = counting(db);
    const store = new TileStore(counted.db, 1e6);
    await store.around(edition, 20 * E7, 50 * E7, FARTHEST_METERS);
    // Rows and columns of the block beside its tiles, the edition's own questions apart.
    expect(counted.sizes.filter((size) => size > 2).length).toBeGreaterThan(2);
    expect(Math.max(...counted.sizes)).toBeLessThan(TILES_PER_TURN);
  });

  test('a cache too small for one tile gives it all the same', async () => {
    const store = new TileStore(db, 1);
    const tiles = await store.around(edition, 20 * E7, 89.99 * E7, 1_000);
    expect(tiles).toHaveLength(1);
  });
});
