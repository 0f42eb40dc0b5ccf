import { hash } from 'node:crypto';
import type { Database } from '../database/connect.js';
import type { Edition } from '../database/editions.js';
import type { MapTileTable } from '../database/schema.js';
import { mustBeCurrent } from '../database/stale-edition.js';
import { meetsTile } from './meets-tile.js';
import { mergeTiles } from './merge-tiles.js';

export type MapLayer = MapTileTable['layer'];

/** Which map there is. */
export interface MapState {
  /** Names this state of the data: another import, another version. Null when no region has a map. */
  version: string | null;
  /** The editions with a map, by region. */
  drawn: Edition[];
  /** Those without one. */
  undrawn: Edition[];
  /** Whether there are contours and a relief. */
  hasElevation: boolean;
}

const NOTHING = new Uint8Array();

/** Reads the tiles of the map. */
export class MapStore {
  readonly #states = new WeakMap<Edition[], Promise<MapState>>();

  constructor(private readonly db: Database) {}

  /** @param editions current ones; asked of the database once for each array */
  state(editions: Edition[]): Promise<MapState> {
    let state = this.#states.get(editions);
    if (!state) {
      state = this.#ask(editions);
      this.#states.set(editions, state);
      state.catch(() => this.#states.delete(editions));
    }
    return state;
  }

  async #ask(editions: Edition[]): Promise<MapState> {
    const rows = await this.db
      .selectFrom('edition')
      .select(({ exists, selectFrom }) => [
        'edition.id',
        exists(
          selectFrom('map_tile')
            .select('map_tile.edition')
            .whereRef('map_tile.edition', '=', 'edition.id')
            .where('layer', '=', 'map'),
        ).as('drawn'),
        exists(
          selectFrom('map_tile')
            .select('map_tile.edition')
            .whereRef('map_tile.edition', '=', 'edition.id')
            .where('layer', '=', 'relief'),
        ).as('shaded'),
      ])
      .where(
        'edition.id',
        'in',
        editions.map(({ id }) => id),
      )
      .execute();
    const isDrawn = new Map(rows.map(({ id, drawn }) => [id, Boolean(drawn)]));
    const drawn = editions.filter(({ id }) => isDrawn.get(id));
    const names = drawn.map(({ id, importedAt }) => `${id} ${importedAt}`).join();
    return {
      version: drawn.length === 0 ? null : hash('sha256', names, 'base64url').slice(0, 12),
      drawn,
      undrawn: editions.filter(({ id }) => !isDrawn.get(id)),
      hasElevation: rows.some(({ shaded }) => Boolean(shaded)),
    };
  }

  /**
   * A tile of every region that reaches into it.
   * @returns as it is stored, vector tiles packed by gzip; null when there is nothing in it
   * @throws StaleEdition when an import has replaced what was being read
   */
  async tile({ drawn }: MapState, layer: MapLayer, z: number, x: number, y: number): Promise<Uint8Array | null> {
    const ids = drawn.filter(({ bounds }) => meetsTile(bounds, z, x, y)).map(({ id }) => id);
    if (ids.length === 0) return null;
    const rows = await this.db
      .selectFrom('map_tile')
      .select('body')
      .where('edition', 'in', ids)
      .where('layer', '=', layer)
      .where('z', '=', z)
      .where('y', '=', y)
      .where('x', '=', x)
      .orderBy('edition')
      .execute();
    // Editions vanish whole, tiles and all: what is missing may have been there a moment ago.
    if (rows.length < ids.length) await mustBeCurrent(this.db, ...ids);
    if (rows.length === 0) return null;
    const bodies = rows.map(({ body }) => body);
    if (bodies.length === 1) return bodies[0];
    // Two reliefs cannot be laid over each other: the longer one knows more heights.
    if (layer === 'relief') return bodies.reduce((most, body) => (body.length > most.length ? body : most), NOTHING);
    return mergeTiles(bodies);
  }
}
