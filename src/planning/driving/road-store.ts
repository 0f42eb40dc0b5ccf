import { LRUCache } from 'lru-cache';
import type { Database } from '../database/connect.js';
import { mustBeCurrent } from '../database/stale-edition.js';
import { toShared } from '../network/columns.js';
import { decodeRoadTile, type RoadTile } from '../network/road-tiles.js';
import { tilesIn } from '../network/stored-tiles.js';
import { ROAD_GRID, type TileBlock, type TileKey } from '../network/tile-grid.js';
import type { TrailheadPreparation } from '../network/trailhead-survey.js';
import { turn } from '../network/turns.js';
import { RoadIndex, type Snap } from './snap.js';

/** A trailhead as the database has it. */
export interface StoredTrailhead {
  id: string;
  name: string | null;
  lonE7: number;
  latE7: number;
  junction: number;
  junctionLonE7: number;
  junctionLatE7: number;
  accessMeters: number;
  preparation: TrailheadPreparation;
}

/** The roads of a square and the trailheads in it, each with its point on the roads (null: none near). */
export interface RoadArea {
  roads: RoadTile | null;
  index: RoadIndex | null;
  trailheads: { trailhead: StoredTrailhead; snap: Snap | null }[];
}

/** A parking farther than this from any road is not driven to. */
const PARKING_TO_ROAD_METERS = 500;
const BYTES_PER_TRAILHEAD = 600;

const trailheadColumns = [
  'id',
  'name',
  'lon_e7 as lonE7',
  'lat_e7 as latE7',
  'junction',
  'junction_lon_e7 as junctionLonE7',
  'junction_lat_e7 as junctionLatE7',
  'access_meters as accessMeters',
  'preparation',
] as const;

const withPreparation = <R extends { preparation: string }>(row: R) => ({
  ...row,
  preparation: JSON.parse(row.preparation) as TrailheadPreparation,
});

/** Roads and trailheads from the database, kept decoded in a cache bounded in bytes. */
export class RoadStore {
  readonly #cache: LRUCache<string, RoadArea>;

  constructor(
    private readonly db: Database,
    maxBytes: number,
  ) {
    this.#cache = new LRUCache({ maxSize: maxBytes });
  }

  /** The squares of a block to look at: near a pole only those that hold roads. */
  tilesIn(edition: number, block: TileBlock): Promise<TileKey[]> {
    return tilesIn(this.db, 'road_tile', ROAD_GRID, edition, block);
  }

  /**
   * @returns the areas of the squares, in their order; a square without roads has none
   * @throws StaleEdition
   */
  async areas(edition: number, keys: TileKey[]): Promise<RoadArea[]> {
    const name = ({ x, y }: TileKey) => `${edition}/${y}/${x}`;
    const found = new Map(keys.map((key) => [name(key), this.#cache.get(name(key))]));
    const missing = keys.filter((key) => !found.get(name(key)));
    if (missing.length > 0) {
      for (const [key, area] of await this.#read(edition, missing)) {
        found.set(name(key), area);
        const size =
          (area.roads?.nodeLonE7.buffer.byteLength ?? 0) +
          (area.index?.bytes ?? 0) +
          area.trailheads.length * BYTES_PER_TRAILHEAD +
          200;
        this.#cache.set(name(key), area, { size });
      }
    }
    return keys.map((key) => found.get(name(key))!);
  }

  async #read(edition: number, keys: TileKey[]): Promise<[TileKey, RoadArea][]> {
    const rows = new Map<number, number[]>();
    for (const { x, y } of keys) {
      const row = rows.get(y);
      if (row) row.push(x);
      else rows.set(y, [x]);
    }
    const [tiles, trailheads] = await Promise.all([
      this.db
        .selectFrom('road_tile')
        .select(['x', 'y', 'body'])
        .where('edition', '=', edition)
        .where((eb) => eb.or([...rows].map(([y, xs]) => eb.and([eb('y', '=', y), eb('x', 'in', xs)]))))
        .execute(),
      this.db
        .selectFrom('trailhead')
        .select(['road_x', 'road_y', ...trailheadColumns])
        .where('edition', '=', edition)
        .where((eb) => eb.or([...rows].map(([y, xs]) => eb.and([eb('road_y', '=', y), eb('road_x', 'in', xs)]))))
        .orderBy('id')
        .execute(),
    ]);
    await mustBeCurrent(this.db, edition);
    const name = ({ x, y }: TileKey): string => `${y}/${x}`;
    const bodies = new Map(tiles.map((tile) => [name(tile), tile.body]));
    const within = Map.groupBy(trailheads, (row) => name({ x: row.road_x, y: row.road_y }));
    const areas: [TileKey, RoadArea][] = [];
    for (const key of keys) {
      const body = bodies.get(name(key));
      // A square full of roads takes some milliseconds to be put in order.
      if (body && areas.length > 0) await turn();
      const roads = body ? decodeRoadTile(toShared(body)) : null;
      const index = roads && new RoadIndex(roads);
      const here = within.get(name(key)) ?? [];
      areas.push([
        key,
        {
          roads,
          index,
          trailheads: here.map(({ road_x, road_y, ...row }) => ({
            trailhead: withPreparation(row),
            snap: index?.nearest(row.lonE7, row.latE7, PARKING_TO_ROAD_METERS) ?? null,
          })),
        },
      ]);
    }
    return areas;
  }

  /** @returns null when no trailhead of the edition has that id @throws StaleEdition */
  async trailhead(edition: number, id: string): Promise<StoredTrailhead | null> {
    const row = await this.db
      .selectFrom('trailhead')
      .select(trailheadColumns)
      .where('edition', '=', edition)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) await mustBeCurrent(this.db, edition);
    return row ? withPreparation(row) : null;
  }
}
