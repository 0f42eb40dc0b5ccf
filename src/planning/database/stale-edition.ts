import type { Database } from './connect.js';

/** An import has replaced the edition while a request was reading it: read the current one and begin again. */
export class StaleEdition extends Error {
  override name = 'StaleEdition';

  constructor(edition: number) {
    super(`edition ${edition} is no longer in the database`);
  }
}

/**
 * To be asked after reading: editions vanish whole, so what was read before is whole when the edition is still there.
 * @throws StaleEdition
 */
export async function mustBeCurrent(db: Database, ...editions: number[]): Promise<void> {
  const rows = await db.selectFrom('edition').select('id').where('id', 'in', editions).execute();
  const there = new Set(rows.map(({ id }) => id));
  for (const edition of editions) if (!there.has(edition)) throw new StaleEdition(edition);
}
