import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';

const requirements = join(import.meta.dirname, 'requirements.txt');
const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
const environment = join('var', `contract-python-${version}`);

/** A program of the environment that `requirements.txt` describes. */
export const pythonTool = (name: string): string => join(environment, 'bin', name);

/** Makes that environment where it is not there yet. @returns why it cannot be had, or null */
export function lackOfPythonTools(): string | null {
  const complete = join(environment, 'complete');
  if (existsSync(complete)) return null;
  rmSync(environment, { recursive: true, force: true });
  for (const [program, ...words] of [
    ['python3', '-m', 'venv', environment],
    [pythonTool('pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ] as [string, ...string[]][]) {
    const { status, error, stderr } = spawnSync(program, words, { encoding: 'utf8' });
    if (status !== 0) {
      const said = error?.message ?? stderr.trim().split('\n').at(-1);
      return `${program} ${words.slice(0, 2).join(' ')} does not work: ${said}`;
    }
  }
  writeFileSync(complete, '');
  return null;
}

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
