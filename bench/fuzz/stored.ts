import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { toShared } from '../../src/planning/network/columns.js';
import { PLACE_KINDS } from '../../src/planning/network/region.js';
import { openTile } from '../../src/planning/network/tile.js';

const TABLES = ['region', 'edition', 'trail_tile', 'road_tile', 'trailhead', 'place', 'place_name', 'stay'];

/** A digest of all that a database holds. */
export function digestOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const hash = createHash('sha256');
    for (const table of TABLES) {
      for (const row of db.prepare(`select * from ${table}`).iterate()) {
        for (const value of Object.values(row as object))
          hash.update(value instanceof Uint8Array ? value : `${value}|`);
      }
    }
    return hash.digest('hex');
  } finally {
    db.close();
  }
}

interface Placed {
  name: string | null;
  lon_e7: number;
  lat_e7: number;
}

/**
 * What is wrong with a region that was imported, looked at without the code that imported it: tiles that cannot be opened,
 * places that are none, texts that no terminal should see, a date that cannot be.
 * @returns one line; null when all is well
 */
export function faultIn(path: string, region: string): string | null {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const edition = db.prepare('select * from edition where region = ?').get(region) as Record<string, number | string>;
    if (!edition) return 'there is no such region';
    const date = Date.parse(String(edition.data_date));
    if (!(date > Date.UTC(2004, 0) && date < Date.now() + 2 * 86_400_000)) return `its data is of ${edition.data_date}`;
    const rows = <T>(table: string): T[] =>
      db.prepare(`select * from ${table} where edition = ?`).all(edition.id) as unknown as T[];
    const tiles = rows<{ body: Uint8Array }>('trail_tile');
    if (tiles.length === 0) return 'it has no trails';
    for (const { body } of tiles) {
      const { columns } = openTile(toShared(body));
      for (const meters of columns.lengthMeters) if (!(meters >= 0 && meters < 1e8)) return `a segment of ${meters} m`;
      const out = columns.pointLatE7.findIndex(
        (lat, i) => Math.abs(lat) > 90e7 || Math.abs(columns.pointLonE7[i]) > 180e7,
      );
      if (out >= 0) return `a point at ${columns.pointLatE7[out]}`;
    }
    for (const table of ['trailhead', 'place', 'stay']) {
      for (const { name, lon_e7, lat_e7 } of rows<Placed>(table)) {
        if (Math.abs(lat_e7) > 90e7 || Math.abs(lon_e7) > 180e7) return `a ${table} at ${lat_e7} ${lon_e7}`;
        if (name !== null && (/\p{Cc}/u.test(name) || name.length > 510))
          return `a ${table} named ${JSON.stringify(name)}`;
      }
    }
    const kinds = rows<{ kind: string }>('place').find(({ kind }) => !PLACE_KINDS.some((known) => known === kind));
    return kinds ? `a place of kind ${kinds.kind}` : null;
  } finally {
    db.close();
  }
}
