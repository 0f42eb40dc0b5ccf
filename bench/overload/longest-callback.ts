// Loaded before the program: `node --import longest-callback.js dist/main.js`. What each callback of the main loop costs,
// in CPU time with its promises and ticks, garbage collection apart; LONGEST_CALLBACKS names the file for the dearest ones.
// SIGUSR2 forgets what was before, the start above all.
import { createHook, executionAsyncResource } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';

/** One callback. */
export interface Callback {
  /** The kind of resource whose callback it was, as in async_hooks: `Immediate` is a turn of ours. */
  type: string;
  cpuMs: number;
  /** Of its CPU time what fell into pauses for garbage collection, at most. */
  gcMs: number;
}

interface Span extends Callback {
  fromMs: number;
  toMs: number;
}

/** Shorter ones are not kept. */
const LEAST_MS = 1;
const MICROTASKS = new Set(['PROMISE', 'TickObject', 'Microtask']);

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

let spans: Span[] = [];
let pauses: { fromMs: number; toMs: number }[] = [];
let count = 0;

const types = new Map<number, string>();
let depth = 0;
let now: { type: string; cpuMs: number; fromMs: number } | null = null;
let last = { cpuMs: 0, atMs: 0 };

function close(): void {
  if (!now) return;
  count++;
  const spent = last.cpuMs - now.cpuMs;
  if (spent >= LEAST_MS) spans.push({ type: now.type, cpuMs: spent, gcMs: 0, fromMs: now.fromMs, toMs: last.atMs });
  now = null;
}

createHook({
  init: (id, type) => {
    types.set(id, type);
  },
  before: (id) => {
    const type = types.get(id) ?? String(executionAsyncResource()?.constructor.name);
    if (depth++ > 0 || (now && MICROTASKS.has(type))) return;
    close();
    now = { type, cpuMs: cpuMs(), fromMs: performance.now() };
  },
  after: () => {
    if (--depth === 0) last = { cpuMs: cpuMs(), atMs: performance.now() };
  },
  destroy: (id) => {
    types.delete(id);
  },
}).enable();

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    pauses.push({ fromMs: startTime, toMs: startTime + duration });
  }
}).observe({ entryTypes: ['gc'] });

process.on('SIGUSR2', () => {
  [spans, pauses, count] = [[], [], 0];
});

process.on('exit', () => {
  close();
  for (const span of spans) {
    for (const { fromMs, toMs } of pauses) {
      span.gcMs += Math.max(0, Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs));
    }
  }
  const dearest = spans.sort((a, b) => b.cpuMs - b.gcMs - (a.cpuMs - a.gcMs)).slice(0, 20);
  writeFileSync(process.env.LONGEST_CALLBACKS!, JSON.stringify({ count, dearest }));
});
