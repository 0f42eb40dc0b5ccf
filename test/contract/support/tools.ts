import { existsSync } from 'node:fs';
import { describe, test } from '@jest/globals';
import { isComplete } from './python.js';

export const lackOfPythonTools = (): string | null =>
  isComplete() ? null : '`node test/contract/support/python.ts` has not made the environment for Python';

/** Debian's Chromium. */
export const chromiumPath = '/usr/bin/chromium';

export const lackOfChromium = (): string | null => (existsSync(chromiumPath) ? null : 'Debian’s chromium is not here');

/** `describe` where nothing lacks; elsewhere one test that says what does: skipped, or failed on demand. */
export function describeWith(lack: () => string | null, name: string, body: () => void): void {
  const lacking = lack();
  if (lacking === null) describe(name, body);
  else if (process.env.LOOPWRIGHT_REQUIRE_ALL === '1') {
    test(name, () => {
      throw new Error(`cannot run: ${lacking}`);
    });
  } else test.skip(`${name} (${lacking})`, () => {});
}
