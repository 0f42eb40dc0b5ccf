import type { Insertable, Selectable } from 'kysely';
import type { Database } from './connect.js';
import { writingRegion } from './region-lock.js';
import type { EditionTable, Schema } from './schema.js';

/** Layout of the tiles that this program writes and reads; a change of what a tile holds counts it up. */
export const TILE_FORMAT = 2;

export interface RegionCounts {
  junctions: number;
  segments: number;
  trailMeters: number;
  roadMeters: number;
  trailheads: number;
  places: number;
  stays: number;
}

/** One imported state of a region, as the API tells of it. */
export interface Edition {
  id: number;
  /** The region's name. */
  region: string;
  format: number;
  /** When the data was true, ISO 8601 date; null when it does not say. */
  dataDate: string | null;
  /** ISO 8601 instant. */
  importedAt: string;
  source: string;
  attribution: string;
  synthetic: boolean;
  hasElevation: boolean;
  /** Degrees. */
  bounds: { south: number; west: number; north: number; east: number };
  counts: RegionCounts;
}

const editionOf = (row: Selectable<EditionTable>): Edition => ({
  id: row.id,
  region: row.region,
  format: row.format,
  // The column holds a text in every row: older programs expect one.
  dataDate: row.data_date === '' ? null : row.data_date,
  importedAt: row.imported_at,
  source: row.source,
  attribution: row.attribution,
  synthetic: row.synthetic === 1,
  hasElevation: row.has_elevation === 1,
  bounds: { south: row.south, west: row.west, north: row.north, east: row.east },
  counts: JSON.parse(row.counts),
});

/** The current edition of every region, by name, whatever its format. */
export async function everyEdition(db: Database): Promise<Edition[]> {
  const rows = await db
    .selectFrom('region')
    .innerJoin('edition', 'edition.id', 'region.edition')
    .selectAll('edition')
    .orderBy('region.name')
    .execute();
  return rows.map(editionOf);
}

/**
 * The current edition of every region that this program can read, by name. One row a region, so a request may ask each
 * time; an edition in a format of another version of the program is left out.
 */
export async function currentEditions(db: Database): Promise<Edition[]> {
  return (await everyEdition(db)).filter(({ format }) => format === TILE_FORMAT);
}

/** A region as rows, made before the database is touched. */
export interface PreparedRegion {
  edition: Omit<Edition, 'id' | 'format' | 'importedAt'>;
  trailTiles: Rows<'trail_tile'>;
  roadTiles: Rows<'road_tile'>;
  trailheads: Rows<'trailhead'>;
  places: Rows<'place'>;
  placeNames: Rows<'place_name'>;
  stays: Rows<'stay'>;
  /** None when the region was imported without a map. */
  mapTiles: Rows<'map_tile'>;
}

type Content = Exclude<keyof Schema, 'edition' | 'region'>;
type Rows<T extends Content> = Omit<Insertable<Schema[T]>, 'edition'>[];

/** SQLite takes 32 766 parameters a statement; PostgreSQL's messages and SQLite's memory want megabytes, not hundreds. */
const PARAMETERS_PER_INSERT = 10_000;
const BYTES_PER_INSERT = 4 * 2 ** 20;

/** Pieces of the rows that each fit into one INSERT. */
export function* insertBatches<R extends object>(rows: R[]): Generator<R[]> {
  let batch: R[] = [];
  let parameters = 0;
  let bytes = 0;
  for (const row of rows) {
    const values = Object.values(row);
    const size = values.reduce((sum: number, value) => sum + (value instanceof Uint8Array ? value.byteLength : 0), 0);
    // One more for the column `edition`.
    if (batch.length > 0 && (parameters + values.length >= PARAMETERS_PER_INSERT || bytes + size > BYTES_PER_INSERT)) {
      yield batch;
      batch = [];
      parameters = 0;
      bytes = 0;
    }
    batch.push(row);
    parameters += values.length + 1;
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Makes the region what `prepared` says, in one transaction: readers see the old edition until the new one is whole, and
 * whatever stops this (an error, a signal, a kill) leaves the database as it was. Of two imports of one region at once,
 * the second waits for the first and then replaces it.
 * @param onRows called with the rows written so far and in all; what it throws ends the transaction
 * @param mayReplace called before anything is written with the edition that would be replaced; what it throws ends it all
 * @returns the number of the new edition
 */
export async function publishRegion(
  db: Database,
  prepared: PreparedRegion,
  onRows: (written: number, total: number) => void | Promise<void> = () => {},
  mayReplace: (older: Edition) => void = () => {},
): Promise<number> {
  const { edition } = prepared;
  const contents: [Content, object[]][] = [
    ['trail_tile', prepared.trailTiles],
    ['road_tile', prepared.roadTiles],
    ['trailhead', prepared.trailheads],
    ['place', prepared.places],
    ['place_name', prepared.placeNames],
    ['stay', prepared.stays],
    ['map_tile', prepared.mapTiles],
  ];
  const total = contents.reduce((sum, [, rows]) => sum + rows.length, 0);
  return writingRegion(db, edition.region, async (trx) => {
    const older = (await everyEdition(trx)).find(({ region }) => region === edition.region);
    if (older) mayReplace(older);
    const { id } = await trx
      .insertInto('edition')
      .values({
        region: edition.region,
        format: TILE_FORMAT,
        data_date: edition.dataDate ?? '',
        imported_at: new Date().toISOString(),
        source: edition.source,
        attribution: edition.attribution,
        synthetic: edition.synthetic ? 1 : 0,
        has_elevation: edition.hasElevation ? 1 : 0,
        ...edition.bounds,
        counts: JSON.stringify(edition.counts),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    let written = 0;
    for (const [table, rows] of contents) {
      for (const batch of insertBatches(rows)) {
        const values = batch.map((row) => ({ ...row, edition: id })) as Insertable<Schema[Content]>[];
        await trx.insertInto(table).values(values).execute();
        written += batch.length;
        await onRows(written, total);
      }
    }
    await trx
      .insertInto('region')
      .values({ name: edition.region, edition: id })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ edition: id }))
      .execute();
    await trx.deleteFrom('edition').where('region', '=', edition.region).where('id', '!=', id).execute();
    return id;
  });
}

/**
 * Takes a region and all that belongs to it out of the database.
 * @returns whether there was one of that name
 */
export async function removeRegion(db: Database, name: string): Promise<boolean> {
  return writingRegion(db, name, async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('region').where('name', '=', name).executeTakeFirstOrThrow();
    await trx.deleteFrom('edition').where('region', '=', name).execute();
    return numDeletedRows > 0n;
  });
}
