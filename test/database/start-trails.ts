import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const command = new URL('../../dist/planning/import/trails.command.js', import.meta.url).pathname;

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the command that was built.
 * @param folder for temporary files
 */
export function startTrails(
  url: string,
  words: string[],
  folder: string,
): { child: ChildProcess; outcome: Promise<Outcome> } {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, TMPDIR: folder };
  const child = spawn(process.execPath, [command, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const result: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (result.stdout += chunk));
  child.stderr.on('data', (chunk) => (result.stderr += chunk));
  const outcome = once(child, 'close').then(([code]) => ({ ...result, code }));
  return { child, outcome };
}
