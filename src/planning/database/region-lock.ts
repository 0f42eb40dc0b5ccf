import { PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Database } from './connect.js';
import type { Schema } from './schema.js';

const SQLITE_BUSY = 5;
/** Each try waits for the busy timeout of the connection (5 s). */
const TRIES = 120;

const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === SQLITE_BUSY;

/**
 * Runs `work` in a transaction that alone writes this region; a second one waits for the first. PostgreSQL locks by the
 * region's name, SQLite its only write lock. The limit on a statement's time is lifted: it is there for requests.
 * @throws what `work` throws, after everything is rolled back; on SQLite an Error after ten minutes without the lock
 */
export async function writingRegion<T>(
  db: Database,
  region: string,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(async (trx) => {
        if (trx.getExecutor().adapter instanceof PostgresAdapter) {
          await sql`set local statement_timeout = 0`.execute(trx);
          await sql`select pg_advisory_xact_lock(hashtextextended(${`loopwright.region.${region}`}, 0))`.execute(trx);
        }
        return work(trx);
      });
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (tries === TRIES) throw new Error('the database has been locked for ten minutes by another writer');
    }
  }
}
