/**
 * Run before the suite: makes the environment that `requirements.txt` describes where it is not there yet. That it cannot is
 * no failure here: the tests that need it say so, each in its own way.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const requirements = 'test/contract/support/requirements.txt';
const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
const environment = join('var', `contract-python-${version}`);
const mark = join(environment, 'complete');

/** A program of the environment. */
export const pythonTool = (name: string): string => join(environment, 'bin', name);

export const isComplete = (): boolean => existsSync(mark);

function make(): void {
  rmSync(environment, { recursive: true, force: true });
  mkdirSync('var', { recursive: true });
  for (const [program, ...words] of [
    ['python3', '-m', 'venv', environment],
    [pythonTool('pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ] as [string, ...string[]][]) {
    const { status, error } = spawnSync(program, words, { stdio: 'inherit' });
    if (status === 0) continue;
    console.error(`${program} ${words.slice(0, 2).join(' ')} does not work${error ? `: ${error.message}` : ''}`);
    return;
  }
  writeFileSync(mark, '');
}

if (import.meta.main && !isComplete()) make();
