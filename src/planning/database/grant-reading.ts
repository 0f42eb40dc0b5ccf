import { sql } from 'kysely';
import type { Database } from './connect.js';

/** @returns the role that a PostgreSQL URL connects as; null for another URL, or where the URL does not say */
export function userOf(url: string): string | null {
  if (!/^postgres(ql)?:/.test(url)) return null;
  const { username, searchParams } = new URL(url);
  return decodeURIComponent(username) || searchParams.get('user');
}

/**
 * Lets a role read all that the owner has, and will have, in its schema; nothing else. Safe to run again, and from several
 * places at once.
 * @throws the error of PostgreSQL, such as that there is no such role
 */
export async function grantReading(owner: Database, role: string): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    // Two that grant at once would fail by each other.
    await sql`select pg_advisory_xact_lock(hashtextextended('loopwright.grant', 0))`.execute(trx);
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(trx);
    const [schema, reader] = [sql.id(rows[0]!.schema), sql.id(role)];
    await sql`grant usage on schema ${schema} to ${reader}`.execute(trx);
    await sql`grant select on all tables in schema ${schema} to ${reader}`.execute(trx);
    await sql`alter default privileges in schema ${schema} grant select on tables to ${reader}`.execute(trx);
  });
}
