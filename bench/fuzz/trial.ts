import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, faultIn } from './stored.js';

const COMMAND = fileURLToPath(new URL('../../src/planning/import/trails.command.js', import.meta.url));

/** What each mutant has to keep to. Times are those of the processor: a machine that has other work says nothing of ours. */
export const LIMIT_MS = 10_000;
export const LIMIT_MIB = 600;
export const SIGNAL_MS = 2_000;
/** By then what does nothing is ended, too. */
const PATIENCE_MS = 90_000;

export interface Trial {
  end: 'imported' | 'refused' | 'stopped by a signal';
  /** Of the processor. */
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
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
  mebibytes: number;
  /** From the signal to the end, by the clock and of the processor; NaN when it ended before. */
  signalled: { clockMs: number; processorMs: number };
}

/** What a process has taken so far (Linux): time of the processor, and the most memory at once. */
function takenBy(pid: number): { processorMs: number; mebibytes: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may hold anything: user and system time, in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const processorMs = 10 * (Number(fields[11]) + Number(fields[12]));
    return { processorMs, mebibytes: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024 };
  } catch {
    return null;
  }
}

/** Runs the command; SIGTERM after `signalMs`, SIGKILL when it goes on for too long. */
async function run(words: string[], database: string, signalMs: number | null): Promise<Run> {
  const child = spawn(process.execPath, [COMMAND, ...words], {
    env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${database}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  let taken = { processorMs: 0, mebibytes: Number.NaN };
  let sent = { at: Number.NaN, processorMs: Number.NaN };
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const look = setInterval(() => {
    const now = takenBy(child.pid!);
    // One that is about to be gone has no memory any more.
    if (now) taken = { ...now, mebibytes: now.mebibytes || taken.mebibytes };
    if (taken.processorMs > 2 * LIMIT_MS) child.kill('SIGKILL');
  }, 20);
  const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const signal =
    signalMs !== null &&
    setTimeout(() => {
      sent = { at: performance.now(), processorMs: taken.processorMs };
      child.kill('SIGTERM');
    }, signalMs);
  const [code, endedBy] = await once(child, 'close');
  clearInterval(look);
  clearTimeout(kill);
  if (signal) clearTimeout(signal);
  const signalled = { clockMs: performance.now() - sent.at, processorMs: taken.processorMs - sent.processorMs };
  return {
    code,
    signal: endedBy,
    stdout,
    stderr,
    milliseconds: taken.processorMs,
    mebibytes: taken.mebibytes,
    signalled,
  };
}

/** Words of others: of databases, of the language, of libraries. */
const NOT_OUR_WORDS =
  /constraint|sqlite|undefined|is not a function|\bNaN\b|Cannot read|call stack|Invalid (array|string|time)|allocation|\bheap\b|ERR_/i;

function faultsOfWords({ code, stdout, stderr }: Run): string[] {
  const faults: string[] = [];
  const lines = stderr.split('\n').filter((line) => line.startsWith('trails: '));
  if (/[^\P{Cc}\n]/u.test(stdout + stderr)) faults.push('control characters reach the terminal');
  if (/^\s+at /m.test(stderr)) faults.push('a stack reaches the terminal');
  if (code !== null && code !== 0 && lines.length !== 1) faults.push(`${lines.length} lines instead of one`);
  if (lines.some((line) => NOT_OUR_WORDS.test(line))) faults.push(`not in our own words: ${lines[0]}`);
  return faults;
}

/** `null` for an end that none may have. */
function endOf({ code, signal, stdout }: Run, wasSignalled: boolean): Trial['end'] | null {
  // A signal may come when all is told and only the process is left to end.
  if (code === 0 || (wasSignalled && signal === 'SIGTERM' && stdout !== '')) return 'imported';
  if (code === 1) return 'refused';
  // The second, when it has hardly begun and hears nothing yet.
  return wasSignalled && (code === 143 || signal === 'SIGTERM') ? 'stopped by a signal' : null;
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
  for (const rest of ['-wal', '-shm']) rmSync(`${database}${rest}`, { force: true });
  cpSync(good, database);
  const before = digestOf(database);
  const name = over ? 'Kept' : 'Mutant';
  const ended = await run(['import', file, '--name', name], database, signalMs);
  const { code, signal, milliseconds, mebibytes, signalled } = ended;
  const faults = faultsOfWords(ended);
  const end = endOf(ended, signalMs !== null);
  if (end === null) faults.push(`ended with ${code ?? signal}`);
  if (milliseconds > LIMIT_MS) faults.push(`took longer than ${LIMIT_MS / 1_000} s`);
  if (signalled.clockMs > SIGNAL_MS && signalled.processorMs > SIGNAL_MS / 4) {
    faults.push(`ended ${(signalled.clockMs / 1_000).toFixed(1)} s after SIGTERM`);
  }
  if (mebibytes > LIMIT_MIB) faults.push(`${Math.round(mebibytes)} MiB`);
  if (end !== 'imported' && digestOf(database) !== before) faults.push('the database is not as it was');
  const fault = end === 'imported' ? (faultIn(database, name) ?? faultIn(database, 'Kept')) : null;
  if (fault) faults.push(`imported wrongly: ${fault}`);
  const line = /^trails: (.*)$/m.exec(ended.stderr)?.[1] ?? '';
  return { end: end ?? 'refused', milliseconds, mebibytes, line, faults };
}
