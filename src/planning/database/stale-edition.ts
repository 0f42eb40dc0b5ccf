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
export async function mustBeCurrent(db: Database, edition: number): Promise<void> {
  const row = await db.selectFrom('edition').select('id').where('id', '=', edition).executeTakeFirst();
  if (!row) throw new StaleEdition(edition);
}
