import { url as debuggerUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import type { InFlight } from '../http/in-flight.js';
import { loggedPath } from '../http/logged-path.js';
import { requestContext } from '../http/request-context.js';
import type { Logger } from './logger.js';
import type { WorkerIdentity } from './report.js';

/** Places in the memory that both threads see. */
export const BEAT = 0;
export const DEBUGGED = 1;

/** Under this name the thread finds, on the stopped main thread, what it was doing: JSON of `Doing`. */
export const DOING = 'runtime.doing';

export interface Doing {
  /** The request in whose name the code ran, where there was one. */
  running: { requestId: string; method: string; path: string } | null;
  /** How many requests were waiting, that one included. */
  inFlight: number;
}

export interface WatchdogData {
  shared: SharedArrayBuffer;
  limitMs: number;
  tickMs: number;
  worker: WorkerIdentity;
}

export interface Watched {
  limitMs: number;
  worker: WorkerIdentity;
  inFlight: InFlight;
  log: Logger;
  /** Writes the lines of the log that wait for the event loop, whose turn will never end. */
  flush(): void;
}

/**
 * Starts a thread that ends this process with SIGKILL when its main loop has not turned for `limitMs`, after it has
 * written the JavaScript stack that the loop is stuck in.
 */
export function startWatchdog({ limitMs, worker, inFlight, log, flush }: Watched): void {
  const tickMs = limitMs / 20;
  const shared = new SharedArrayBuffer(8);
  const cells = new Int32Array(shared);
  setInterval(() => {
    Atomics.add(cells, BEAT, 1);
    Atomics.store(cells, DEBUGGED, debuggerUrl() === undefined ? 0 : 1);
  }, tickMs).unref();
  Object.defineProperty(globalThis, Symbol.for(DOING), {
    value: (): string => {
      flush();
      const requestId = requestContext.getStore()?.requestId;
      const open = [...inFlight].find((each) => each.requestId === requestId);
      const doing: Doing = {
        running: open ? { requestId: open.requestId, method: open.method, path: loggedPath(open.url) } : null,
        inFlight: inFlight.count,
      };
      return JSON.stringify(doing);
    },
  });
  const workerData: WatchdogData = { shared, limitMs, tickMs, worker };
  const thread = new Worker(new URL('./watchdog.thread.js', import.meta.url), {
    workerData,
    name: 'watchdog',
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  thread.unref();
  thread.on('error', (err) => log.error({ err }, 'the watchdog has died: a hung loop would not be noticed'));
}
