import { readFileSync } from 'node:fs';

/** What the kernel says of a thread. */
export interface ThreadState {
  /** It runs or waits for a processor, as against sleeping until something happens. */
  runnable: boolean;
  /** Time on a processor since the thread began. */
  cpuMs: number;
}

/** A look at a thread. */
export interface Look {
  /** A clock that never goes back, in milliseconds. */
  nowMs: number;
  /** Null where the kernel does not say. */
  thread: ThreadState | null;
}

/** The kernel shows a hundredth of a second as one tick wherever Node runs on Linux. */
const msPerTick = 10;

/** @param stat a line of /proc/PID/task/TID/stat; see proc_pid_stat(5) */
export function parseStat(stat: string): ThreadState {
  // The program's name stands before, in brackets, and may hold anything.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { runnable: state === 'R', cpuMs: (Number(rest[10]) + Number(rest[11])) * msPerTick };
}

/** The main thread of this process, asked from any of its threads. */
export function lookAtMainThread(): Look {
  const nowMs = performance.now();
  try {
    return { nowMs, thread: parseStat(readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8')) };
  } catch {
    return { nowMs, thread: null };
  }
}

/**
 * How much of the time between two looks a thread had to itself, at work or asleep: all of it, less what it spent waiting
 * for a processor. Where the kernel does not say, all of it.
 * @returns milliseconds
 */
export function ownMs(before: Look, after: Look): number {
  const passedMs = after.nowMs - before.nowMs;
  if (!before.thread || !after.thread?.runnable) return passedMs;
  return Math.min(passedMs, after.thread.cpuMs - before.thread.cpuMs);
}
