import type { Database } from '../database/connect.js';
import { publishRegion } from '../database/editions.js';
import { migrate } from '../database/migrate.js';
import type { Region } from '../network/region.js';
import type { Listener } from './job.js';
import { regionRows } from './region-rows.js';
import { whatItWouldLose } from './would-lose.js';

/**
 * Prepares a region and puts it into the database in place of the one of its name, after bringing the schema up to date.
 * Whatever ends it before the last moment leaves the old one.
 * @param force whether the region may lose most of what it had
 * @throws Error in one line when it would and may not
 */
export async function storeRegion(db: Database, region: Region, listener: Listener, force: boolean): Promise<void> {
  listener.next();
  const rows = regionRows(region);
  listener.next();
  await migrate(db);
  const onRows = async (written: number, total: number): Promise<void> => {
    listener.advance(written / total);
    if (written === total) await listener.tooLate();
  };
  await publishRegion(db, rows, onRows, (older) => {
    const loss = force ? null : whatItWouldLose(older, rows.edition);
    if (loss === null) return;
    throw new Error(`${region.name} would be left with ${loss}; --force imports it all the same`);
  });
}
