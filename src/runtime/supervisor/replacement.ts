import { setTimeout as pause } from 'node:timers/promises';
import { listenTimeoutMs } from '../times.js';
import { sight, sockets } from './ask-worker.js';
import type { Operation } from './operation.js';
import type { Entry, Pm2 } from './pm2.js';
import { judge, type Patience } from './replacement-policy.js';

const lookEveryMs = 250;

/** PM2 answers `duplicate` after this at the latest, whatever became of the worker. */
const startLimitMs = listenTimeoutMs + 5_000;

/** Where the workers of a cluster are found. */
export interface Cluster {
  pm2: Pm2;
  /** Of the workers' sockets. */
  directory: string;
}

/** @returns the worker that PM2 knows by this number, when it says that it is ready */
async function readyWorker(directory: string, pmId: number): Promise<boolean> {
  const all = await Promise.all(sockets(directory).map(sight));
  return all.some((each) => each !== null && each !== 'gone' && each.pmId === pmId && each.ready);
}

/**
 * Starts a worker beside `oldId` and waits until it can be relied on.
 * @returns its number
 * @throws Error saying why it cannot be relied on; it has been taken back then, and all is as it was
 */
export async function startBeside(
  { pm2, directory }: Cluster,
  oldId: number,
  patience: Patience,
  operation: Operation,
): Promise<number> {
  const before = new Set((await pm2.list()).map(({ pmId }) => pmId));
  const startedMs = performance.now();
  operation.note({ oldId, newId: null });
  const starting = pm2.duplicate(oldId, startLimitMs);
  starting.catch(() => {});
  let readySinceMs: number | null = null;
  let newId: number | null = null;
  for (;;) {
    await pause(lookEveryMs);
    const entries = await pm2.list();
    const entry: Entry | undefined = entries.find(({ pmId }) => !before.has(pmId));
    if (entry && newId === null) {
      newId = entry.pmId;
      operation.note({ oldId, newId });
    }
    const ready = newId !== null && (await readyWorker(directory, newId));
    readySinceMs = ready ? (readySinceMs ?? performance.now()) : null;
    const now = performance.now();
    const verdict =
      entry === undefined && newId === null && now - startedMs < startLimitMs
        ? ({ step: 'wait' } as const)
        : judge(
            {
              ageMs: now - startedMs,
              status: entry?.status ?? null,
              restarts: entry?.restarts ?? 0,
              readyForMs: readySinceMs === null ? null : now - readySinceMs,
            },
            patience,
          );
    if (verdict.step === 'accept' && newId !== null) return newId;
    if (verdict.step !== 'reject') continue;
    if (newId !== null) await pm2.remove(newId).catch(() => {});
    throw new Error(verdict.reason);
  }
}

/** Lets the old worker finish what it has begun and removes it. */
export const retire = ({ pm2 }: Cluster, oldId: number): Promise<void> => pm2.remove(oldId);
