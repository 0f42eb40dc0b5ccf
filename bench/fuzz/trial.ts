import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, faultIn } from './stored.js';

const COMMAND = fileURLToPath(new URL('../../src/planning/import/trails.command.js', import.meta.url));

/** What each mutant has to keep to. */
export const LIMIT_MS = 10_000;
export const LIMIT_MIB = 600;
export const SIGNAL_MS = 2_000;

export interface Trial {
  end: 'imported' | 'refused' | 'stopped by a signal';
  milliseconds: number;
  /** Most memory resident, MiB; NaN where the system does not tell. */
  mebibytes: number;
  /** Its line, when it was refused. */
  line: string;
  /** What was not as it must be. */
  faults: string[];
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
  mebibytes: number;
  /** From the signal to the end. */
  endedAfterMs: number;
}

/** Most memory that a process has had resident so far (Linux). */
function peakMib(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}

/** Runs the command; SIGTERM after `signalMs`, SIGKILL when that is not heard for long. */
async function run(words: string[], database: string, signalMs: number): Promise<Run> {
  const begun = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...words], {
    env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${database}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr, mebibytes, signalled] = ['', '', Number.NaN, Number.NaN];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const look = setInterval(() => {
    const peak = peakMib(child.pid!);
    if (!Number.isNaN(peak)) mebibytes = peak;
  }, 20);
  const kill = setTimeout(() => child.kill('SIGKILL'), signalMs + 5 * SIGNAL_MS);
  const signal = setTimeout(() => {
    signalled = performance.now();
    child.kill('SIGTERM');
  }, signalMs);
  const [code] = await once(child, 'close');
  clearInterval(look);
  clearTimeout(kill);
  clearTimeout(signal);
  const ended = performance.now();
  return { code, stdout, stderr, milliseconds: ended - begun, mebibytes, endedAfterMs: ended - signalled };
}

/** Words of others: of databases, of the language, of libraries. */
const NOT_OUR_WORDS =
  /constraint|sqlite|undefined|is not a function|\bNaN\b|Cannot read|call stack|Invalid (array|string|time)|allocation|\bheap\b|ERR_/i;

function faultsOfWords({ code, stdout, stderr }: Run): string[] {
  const faults: string[] = [];
  const lines = stderr.split('\n').filter((line) => line.startsWith('trails: '));
  if (/[^\P{Cc}\n]/u.test(stdout + stderr)) faults.push('control characters reach the terminal');
  if (/^\s+at /m.test(stderr)) faults.push('a stack reaches the terminal');
  if (code !== 0 && lines.length !== 1) faults.push(`${lines.length} lines instead of one`);
  if (lines.some((line) => NOT_OUR_WORDS.test(line))) faults.push(`not in our own words: ${lines[0]}`);
  return faults;
}

/**
 * Imports a mutant beside a good region, or over it, into a copy of a database.
 * @param signalMs when to send SIGTERM; null to let it end by itself
 */
export async function trial(
  file: string,
  { good, folder, over, signalMs }: { good: string; folder: string; over: boolean; signalMs: number | null },
): Promise<Trial> {
  const database = join(folder, 'trial.db');
  cpSync(good, database);
  const before = digestOf(database);
  const name = over ? 'Kept' : 'Mutant';
  const ended = await run(['import', file, '--name', name], database, signalMs ?? LIMIT_MS);
  const { code, milliseconds, mebibytes, endedAfterMs } = ended;
  const faults = faultsOfWords(ended);
  const end = code === 0 ? 'imported' : code === 143 ? 'stopped by a signal' : 'refused';
  if (signalMs === null && milliseconds > LIMIT_MS) faults.push(`took longer than ${LIMIT_MS / 1_000} s`);
  if (endedAfterMs > SIGNAL_MS) faults.push(`ended ${(endedAfterMs / 1_000).toFixed(1)} s after SIGTERM`);
  if (mebibytes > LIMIT_MIB) faults.push(`${Math.round(mebibytes)} MiB`);
  if (![0, 1].includes(code ?? -1) && !(code === 143 && signalMs !== null)) faults.push(`ended with ${code}`);
  if (code !== 0 && digestOf(database) !== before) faults.push('the database is not as it was');
  const fault = code === 0 ? (faultIn(database, name) ?? faultIn(database, 'Kept')) : null;
  if (fault) faults.push(`imported wrongly: ${fault}`);
  const line = /^trails: (.*)$/m.exec(ended.stderr)?.[1] ?? '';
  return { end, milliseconds, mebibytes, line, faults };
}
