import { Piscina } from 'piscina';
import type { TileBody } from '../../network/tile-store.js';
import type { Loop, LoopRequest, Plan, Start } from '../loop-request.js';
import { CANCELLED, GO_ON, OUT_OF_TIME } from '../stop.js';

/** Loops of a request, from one start. */
export interface PlanTask {
  edition: number;
  /** All tiles within half the requested length (and a little more) of the start: `tileRadiusMeters`. */
  tiles: TileBody[];
  start: Start;
  request: LoopRequest;
}

/** The loop of an id. */
export interface RebuildTask {
  edition: number;
  tiles: TileBody[];
  id: string;
}

/** What goes to a thread. */
export type ThreadTask = { stop: Int32Array } & (
  | ({ kind: 'plan' } & PlanTask)
  | ({ kind: 'rebuild' } & RebuildTask)
  | { kind: 'warm' }
  | { kind: 'check' }
);

/** More plans wait than may: try again later. */
export class QueueFull extends Error {
  override name = 'QueueFull';
}

export interface PlannerPoolOptions {
  threads: number;
  /** Plans that may wait for a thread. */
  queueMax: number;
  /** A plan that still searches after this answers with what it has (`truncated`). */
  fuseMs?: number;
  /** The thread's program, as a URL; the one beside this file in the same build unless a test says otherwise. */
  filename?: string;
}

const FUSE_MS = 3_000;

/** A thread that does not heed its flag for this long is stuck: it is ended and replaced. */
const STUCK_MS = 1_000;

/** How far from its start a plan may look: the tiles for it are those within this. */
export const tileRadiusMeters = (lengthMeters: number): number => lengthMeters * 0.55 + 100;

/**
 * Planner threads with a bounded queue. Cancelling sets a flag in shared memory that the search reads, so that the thread
 * stays warm; ending the thread is the last resort.
 */
export class PlannerPool {
  readonly #pool: Piscina<ThreadTask, unknown>;
  readonly #threads: number;
  readonly #queueMax: number;
  readonly #fuseMs: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ threads, queueMax, fuseMs = FUSE_MS, filename }: PlannerPoolOptions) {
    this.#threads = threads;
    this.#queueMax = queueMax;
    this.#fuseMs = fuseMs;
    this.#pool = new Piscina<ThreadTask, unknown>({
      filename: filename ?? new URL('./planner.thread.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
    });
  }

  /**
   * @throws QueueFull when too many plans wait already
   * @throws the signal's reason once it aborts
   */
  plan(task: PlanTask, signal: AbortSignal): Promise<Plan> {
    return this.#run({ kind: 'plan', ...task }, signal) as Promise<Plan>;
  }

  /** @returns null when the data no longer has that loop; throws as `plan` does */
  rebuild(task: RebuildTask, signal: AbortSignal): Promise<Loop | null> {
    return this.#run({ kind: 'rebuild', ...task }, signal) as Promise<Loop | null>;
  }

  /** Lets every thread plan on a made-up network until its code is compiled: a cold first plan takes ten times as long. */
  async warm(): Promise<void> {
    const stop = newFlag();
    await Promise.all(Array.from({ length: this.#threads }, () => this.#pool.run({ kind: 'warm', stop })));
  }

  /** @throws Error when no thread can answer */
  async check(): Promise<void> {
    // A thread at work is alive: its fuse and the stuck thread's end see to that.
    if (this.#running >= this.#threads) return;
    await this.#pool.run({ kind: 'check', stop: newFlag() }, { signal: AbortSignal.timeout(STUCK_MS) });
  }

  /** Plans at work and plans waiting. */
  get load(): { running: number; waiting: number } {
    return { running: this.#running, waiting: this.#waiting.length };
  }

  /** Ends the threads; plans still at work are lost. */
  async close(): Promise<void> {
    await this.#pool.close({ force: true });
  }

  async #run(task: DistributiveOmit<ThreadTask, 'stop'>, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    await this.#turn(signal);
    const stop = newFlag();
    const kill = new AbortController();
    const timers: NodeJS.Timeout[] = [];
    const give = (state: number): void => {
      Atomics.store(stop, 0, state);
      timers.push(setTimeout(() => kill.abort(), STUCK_MS));
    };
    const cancelled = Promise.withResolvers<never>();
    const onAbort = (): void => {
      give(CANCELLED);
      cancelled.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    timers.push(setTimeout(() => give(OUT_OF_TIME), this.#fuseMs));
    const work = this.#pool.run({ ...task, stop } as ThreadTask, { signal: kill.signal });
    const done = work.finally(() => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#release();
    });
    // After a cancellation nobody waits for the thread's own end.
    done.catch(() => {});
    return await Promise.race([done, cancelled.promise]);
  }

  /** Waits for a free thread. The thread is taken when this returns. */
  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#running < this.#threads) {
      this.#running++;
      return;
    }
    if (this.#waiting.length >= this.#queueMax) {
      throw new QueueFull(`${this.#waiting.length} plans wait for ${this.#threads} threads`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(take), 1);
      reject(signal.reason);
    };
    const take = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#waiting.push(take);
    await promise;
  }

  /** Hands the thread to the next that waits, or back. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const newFlag = (): Int32Array => new Int32Array(new SharedArrayBuffer(4)).fill(GO_ON);
