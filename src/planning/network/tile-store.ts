import { LRUCache } from 'lru-cache';
import type { Database } from '../database/connect.js';
import { mustBeCurrent } from '../database/stale-edition.js';
import { toShared } from './columns.js';
import { tilesIn } from './stored-tiles.js';
import { blockAround, type TileKey, TRAIL_GRID } from './tile-grid.js';
import { TILES_PER_TURN, turn } from './turns.js';

/** A tile as stored, in memory that threads share. */
export interface TileBody extends TileKey {
  body: SharedArrayBuffer;
}

/** Where nothing is, so that an empty tile is remembered too. */
const NOTHING = new SharedArrayBuffer(0);

/** Counted for each entry beside its bytes, so that empty tiles fill the cache as well. */
const ENTRY_BYTES = 256;

/** Trail tiles from the database, kept in a cache bounded in bytes; concurrent requests for a tile share one query. */
export class TileStore {
  readonly #db: Database;
  readonly #cache: LRUCache<string, SharedArrayBuffer>;
  readonly #loading = new Map<string, Promise<Map<string, SharedArrayBuffer>>>();

  constructor(db: Database, maxBytes: number) {
    this.#db = db;
    this.#cache = new LRUCache({ maxSize: maxBytes, sizeCalculation: (body) => body.byteLength + ENTRY_BYTES });
  }

  /**
   * @param radiusMeters around the point
   * @returns the tiles of the edition that a circle touches, empty ones left out, in rows from south to north
   * @throws StaleEdition when the edition has been replaced
   */
  async around(edition: number, lonE7: number, latE7: number, radiusMeters: number): Promise<TileBody[]> {
    const keys = await tilesIn(
      this.#db,
      'trail_tile',
      TRAIL_GRID,
      edition,
      blockAround(TRAIL_GRID, lonE7, latE7, radiusMeters),
    );
    const found: TileBody[] = [];
    for (let i = 0; i < keys.length; i += TILES_PER_TURN) {
      if (i > 0) await turn();
      for (const tile of await this.#bodies(edition, keys.slice(i, i + TILES_PER_TURN))) {
        if (tile.body.byteLength > 0) found.push(tile);
      }
    }
    return found;
  }

  async #bodies(edition: number, keys: TileKey[]): Promise<TileBody[]> {
    const missing = keys.filter((key) => !this.#known(edition, key));
    if (missing.length > 0) this.#load(edition, missing);
    // Taken before anything is waited for: what is read may push out of the cache what was in it.
    const sources = keys.map((key) => {
      const name = cacheKey(edition, key);
      return this.#cache.get(name) ?? this.#loading.get(name)!;
    });
    const found: TileBody[] = [];
    for (const [i, key] of keys.entries()) {
      const source = sources[i]!;
      // Most are there already, and one query brings all others.
      const body = source instanceof Promise ? (await source).get(cacheKey(edition, key)) : source;
      found.push({ ...key, body: body ?? NOTHING });
    }
    return found;
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#cache.calculatedSize;
  }

  #known(edition: number, key: TileKey): boolean {
    const name = cacheKey(edition, key);
    return this.#cache.has(name) || this.#loading.has(name);
  }

  /** Reads tiles by one query that all who ask for one of them wait for. */
  #load(edition: number, keys: TileKey[]): void {
    const names = keys.map((key) => cacheKey(edition, key));
    const found = this.#read(edition, keys)
      .then((bodies) => {
        for (const name of names) this.#cache.set(name, bodies.get(name) ?? NOTHING);
        return bodies;
      })
      .finally(() => {
        for (const name of names) this.#loading.delete(name);
      });
    // Whoever waits sees the failure; nobody may be waiting any more.
    found.catch(() => {});
    for (const name of names) this.#loading.set(name, found);
  }

  async #read(edition: number, keys: TileKey[]): Promise<Map<string, SharedArrayBuffer>> {
    const rows = await this.#db
      .selectFrom('trail_tile')
      .select(['x', 'y', 'body'])
      .where('edition', '=', edition)
      .where('y', 'in', [...new Set(keys.map(({ y }) => y))])
      .where('x', 'in', [...new Set(keys.map(({ x }) => x))])
      .execute();
    // Tiles that are not there are either empty land or an edition that is gone: only the first may be remembered.
    if (rows.length < keys.length) await mustBeCurrent(this.#db, edition);
    return new Map(rows.map((row) => [cacheKey(edition, row), toShared(row.body)]));
  }
}

const cacheKey = (edition: number, { x, y }: TileKey): string => `${edition}/${y}/${x}`;
