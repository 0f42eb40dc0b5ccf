import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { provider } from './migrations.js';
import { waitingForWriter } from './sqlite-busy.js';

/**
 * Brings the schema up to date. Safe to run twice and from two processes at once: the second waits for the first.
 * @returns the names of the migrations that ran
 * @throws the error of the migration that failed; the database is then as it was
 */
export async function migrate<T>(db: Kysely<T>): Promise<string[]> {
  const migrator = new Migrator({ db: db as Kysely<unknown>, provider });
  return waitingForWriter(async () => {
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error) throw error;
    return results.map((result) => result.migrationName);
  });
}
