import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/planning/database/connect.js';
import { everyEdition } from '../src/planning/database/editions.js';
import { copiesOf } from './copies.js';
import { importInto } from './import-into.js';
import { table } from './tables.js';

const EXTRACT = 'andorra-2025.osm.pbf';
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0);

/**
 * What importing costs as regions grow: the Andorra extract once, ten and thirty times (about a country of the Alps), its
 * copies side by side, into SQLite. Time and memory are those of the command, preparation for the planner
 * included; without a map, which `map` measures.
 */
export async function importBench({ quick }: { quick: boolean }): Promise<string> {
  const folder = process.env.LOOPWRIGHT_DATA;
  if (!folder) throw new Error(`LOOPWRIGHT_DATA names the folder with ${EXTRACT} and its elevation tile`);
  const rows: string[][] = [];
  for (const copies of quick ? [1] : [1, 10, 30]) {
    const scratch = mkdtempSync(join(tmpdir(), 'loopwright-import-bench-'));
    try {
      const file = await copiesOf(folder, EXTRACT, copies, scratch);
      const path = join(scratch, 'trails.db');
      const { seconds, residentBytes } = await importInto(`sqlite:${path}`, file, scratch, 'Copies', ['--no-map']);
      const db = connect({ url: `sqlite:${path}`, poolMax: 1, statementTimeoutMs: 8_000, connectTimeoutMs: 3_000 });
      const [{ counts }] = await everyEdition(db);
      await db.destroy();
      rows.push([
        String(copies),
        megabytes(statSync(file).size),
        `${Math.round((counts.trailMeters + counts.roadMeters) / 1_000)}`,
        String(counts.segments),
        seconds.toFixed(1),
        megabytes(residentBytes),
        megabytes(statSync(path).size),
      ]);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }
  return table(
    ['copies', 'extract, MB', 'ways, km', 'segments', 'time, s', 'resident at most, MB', 'database, MB'],
    rows,
  );
}
