import type { Database } from '../database/connect.js';
import { publishRegion } from '../database/editions.js';
import { migrate } from '../database/migrate.js';
import type { Region } from '../network/region.js';
import type { Interruption } from './interruptible.js';
import type { Progress, Stage } from './progress.js';
import { regionRows } from './region-rows.js';

/** The last stages of every command that makes a region. */
export const STORE_STAGES: Stage[] = [
  { name: 'preparing the planner’s tables', share: 40 },
  { name: 'writing', share: 15 },
];

/**
 * Prepares a region and puts it into the database in place of the one of its name, after bringing the schema up to date.
 * Whatever ends it before the last moment leaves the old one.
 */
export async function storeRegion(
  db: Database,
  region: Region,
  progress: Progress,
  { signal, breathe, tooLate }: Interruption,
): Promise<void> {
  progress.next();
  await breathe();
  const rows = regionRows(region);
  await breathe();
  progress.next();
  await migrate(db);
  await publishRegion(db, rows, (written, total) => {
    signal.throwIfAborted();
    progress.advance(written / total);
    if (written === total) tooLate();
  });
}
