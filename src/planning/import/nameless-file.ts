import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A temporary file without a name: it is gone with the program, however that ends. Nothing comes between, so that no
 * signal finds it while it has one.
 * @returns the number of the open file
 */
export function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-'));
  try {
    return openSync(join(folder, 'extract.osm.pbf'), 'w+');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
