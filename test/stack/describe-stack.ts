import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';

/** Holds the real extracts and their elevation; its README says where they are from. */
export const dataDirectory = process.env.LOOPWRIGHT_DATA ?? '';

/** @returns what is missing for these tests, or null */
function lack(needsExtract: boolean): string | null {
  const works = (...args: string[]): boolean => spawnSync('docker', args).status === 0;
  if (!works('compose', 'version') || !works('info')) return 'no Docker with Compose answers here';
  if (needsExtract && !existsSync(join(dataDirectory, 'andorra-2025.osm.pbf'))) {
    return 'LOOPWRIGHT_DATA names no directory with andorra-2025.osm.pbf';
  }
  return null;
}

/** `describe` where all is there that it needs; elsewhere one test that says what is not: skipped, or failed on demand. */
export function describeStack(name: string, { needsExtract }: { needsExtract: boolean }, body: () => void): void {
  const lacking = lack(needsExtract);
  if (lacking === null) describe(name, body);
  else if (process.env.LOOPWRIGHT_REQUIRE_ALL === '1') {
    test(name, () => {
      throw new Error(`cannot run: ${lacking}`);
    });
  } else test.skip(`${name} (${lacking})`, () => {});
}
