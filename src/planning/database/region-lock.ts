import { PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Database } from './connect.js';
import type { Schema } from './schema.js';
import { waitingForWriter } from './sqlite-busy.js';

/**
 * Runs `work` in a transaction that alone writes this region; a second one waits for the first. PostgreSQL locks by the
 * region's name, SQLite its only write lock. The limit on a statement's time is lifted: it is there for requests.
 * @throws what `work` throws, after everything is rolled back; on SQLite an Error after ten minutes without the lock
 */
export function writingRegion<T>(
  db: Database,
  region: string,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return waitingForWriter(() =>
    db.transaction().execute(async (trx) => {
      if (trx.getExecutor().adapter instanceof PostgresAdapter) {
        await sql`set local statement_timeout = 0`.execute(trx);
        await sql`select pg_advisory_xact_lock(hashtextextended(${`loopwright.region.${region}`}, 0))`.execute(trx);
      }
      return work(trx);
    }),
  );
}
