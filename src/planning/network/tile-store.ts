import { LRUCache } from 'lru-cache';
import type { Database } from '../database/connect.js';
import { mustBeCurrent } from '../database/stale-edition.js';
import { toShared } from './columns.js';
import { type TileKey, TRAIL_GRID, tilesAround } from './tile-grid.js';

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
  readonly #loading = new Map<string, Promise<SharedArrayBuffer>>();

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
    const keys = tilesAround(TRAIL_GRID, lonE7, latE7, radiusMeters);
    const missing = keys.filter((key) => !this.#known(edition, key));
    if (missing.length > 0) this.#load(edition, missing);
    const bodies = await Promise.all(
      keys.map((key) => this.#cache.get(cacheKey(edition, key)) ?? this.#loading.get(cacheKey(edition, key))!),
    );
    return keys.map((key, i) => ({ ...key, body: bodies[i] })).filter(({ body }) => body.byteLength > 0);
  }

  /** Bytes held, for the metrics. */
  get bytes(): number {
    return this.#cache.calculatedSize;
  }

  #known(edition: number, key: TileKey): boolean {
    const name = cacheKey(edition, key);
    return this.#cache.has(name) || this.#loading.has(name);
  }

  #load(edition: number, keys: TileKey[]): void {
    const found = this.#read(edition, keys);
    for (const key of keys) {
      const name = cacheKey(edition, key);
      const one = found
        .then((bodies) => {
          const body = bodies.get(name) ?? NOTHING;
          this.#cache.set(name, body);
          return body;
        })
        .finally(() => this.#loading.delete(name));
      // Whoever waits sees the failure; nobody may be waiting any more.
      one.catch(() => {});
      this.#loading.set(name, one);
    }
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
