import { readConfig } from '../../config.js';
import { connect, type Database } from '../database/connect.js';
import { everyEdition, removeRegion } from '../database/editions.js';
import { migrate } from '../database/migrate.js';
import { regionLine } from './region-table.js';

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = connect({ ...readConfig().database, poolMax: 1 });
  try {
    await migrate(db);
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** One line for each region in the database, by name. */
export const regionLines = (): Promise<string[]> =>
  withDatabase(async (db) => (await everyEdition(db)).map((edition) => regionLine(edition)));

/** @throws Error in one line when there is no region of that name */
export const remove = (name: string): Promise<void> =>
  withDatabase(async (db) => {
    if (await removeRegion(db, name)) return;
    const names = (await everyEdition(db)).map(({ region }) => region);
    throw new Error(`there is no region ${name}${names.length > 0 ? `, only ${names.join(', ')}` : ''}`);
  });
