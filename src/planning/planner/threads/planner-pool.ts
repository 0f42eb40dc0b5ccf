import { Piscina } from 'piscina';
import { MalformedLoopId } from '../loop-id.js';
import type { Loop, LoopRequest, Plan } from '../loop-request.js';
import { Admission, type Asker, NOBODY, type Question } from './admission.js';
import { FairQueue } from './fair-queue.js';
import { Lane, STUCK_MS, type Work } from './lane.js';
import { Pace, workOf } from './pace.js';
import { newFlag, type PlanTask, type RebuildTask, type ThreadTask, type TopTask } from './tasks.js';

export type { PlanTask, RebuildTask } from './tasks.js';

/** More waits than can be done in time: try again later. */
export class QueueFull extends Error {
  override name = 'QueueFull';

  constructor(
    message: string,
    readonly retryAfterSeconds = 1,
  ) {
    super(message);
  }
}

export interface PlannerPoolOptions {
  threads: number;
  /** Plans that may wait for a thread. */
  queueMax: number;
  /** A plan that still searches after so much time of its own answers with what it has (`truncated`). */
  fuseMs?: number;
  /** The thread's program, as a URL; the one beside this file in the same build unless a test says otherwise. */
  filename?: string;
}

const FUSE_MS = 3_000;

/** While others wait, whether one of them goes first is looked at so often: the slice that a plan has for itself. */
const SLICE_MS = 50;

/** Plans that one thread may have begun. */
const DEEPEST = 4;

/** How much work finding a loop again is, in plans of 15 km. */
const REBUILD_WORK = 0.5;

/** How far from its start a plan may look: the tiles for it are those within this. */
export const tileRadiusMeters = (lengthMeters: number): number => lengthMeters * 0.55 + 100;

/**
 * Planner threads with a bounded queue that clients share by the work they had done lately. A plan at work gives way to
 * another client's that is less work (stop.ts). Cancelling sets a flag in shared memory that the search reads, so that the
 * thread stays warm; ending the thread is the last resort.
 */
export class PlannerPool {
  readonly #pool: Piscina<TopTask, unknown>;
  readonly #threads: number;
  readonly #queueMax: number;
  readonly #fuseMs: number;
  readonly #queue = new FairQueue<Work>();
  readonly #pace = new Pace();
  readonly #admission: Admission;
  readonly #lanes = new Set<Lane>();
  #slice: NodeJS.Timeout | undefined;

  constructor({ threads, queueMax, fuseMs = FUSE_MS, filename }: PlannerPoolOptions) {
    this.#threads = threads;
    this.#queueMax = queueMax;
    this.#fuseMs = fuseMs;
    this.#admission = new Admission(threads, (client, nowMs) => this.#queue.doneLately(client, nowMs));
    this.#pool = new Piscina<TopTask, unknown>({
      filename: filename ?? new URL('./planner.thread.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
    });
  }

  /**
   * Lets a question in, before anything is done for it, or refuses it at once.
   * @param plans that it will need
   * @returns to be closed when the question is over
   * @throws QueueFull when it could not be answered in its time
   */
  admit(
    asker: Asker,
    request: Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters'>,
    plans: number,
  ): Question {
    const costMs = this.#pace.expectMs(workOf(request as LoopRequest));
    const question = this.#admission.admit(asker, plans, costMs, performance.now());
    if (typeof question === 'number') throw new QueueFull('More is asked than can be planned in time.', question);
    return question;
  }

  /**
   * @throws QueueFull when too many plans wait already, or it waited until it could not be done in time
   * @throws the signal's reason once it aborts
   */
  plan(task: PlanTask, signal: AbortSignal, asker: Asker = NOBODY): Promise<Plan> {
    return this.#run({ kind: 'plan', ...task, stop: newFlag() }, workOf(task.request), signal, asker) as Promise<Plan>;
  }

  /**
   * @returns null when the data no longer has that loop
   * @throws MalformedLoopId when a loop that is there has another id; otherwise as `plan` does
   */
  async rebuild(task: RebuildTask, signal: AbortSignal, asker: Asker = NOBODY): Promise<Loop | null> {
    const made = await this.#run({ kind: 'rebuild', ...task, stop: newFlag() }, REBUILD_WORK, signal, asker);
    if (made === 'malformed') throw new MalformedLoopId('a loop id of a loop that has another');
    return made as Loop | null;
  }

  /** Lets every thread plan on a made-up network until its code is compiled: a cold first plan takes ten times as long. */
  async warm(): Promise<void> {
    await Promise.all(Array.from({ length: this.#threads }, () => this.#pool.run({ kind: 'warm', stop: newFlag() })));
  }

  /** @throws Error when no thread can answer */
  async check(): Promise<void> {
    // A thread at work is alive: its fuse and the stuck thread's end see to that.
    if (this.#lanes.size >= this.#threads) return;
    await this.#pool.run({ kind: 'check', stop: newFlag() }, { signal: AbortSignal.timeout(STUCK_MS) });
  }

  /** Plans at work, given way or not, and plans waiting. */
  get load(): { running: number; waiting: number } {
    return { running: [...this.#lanes].reduce((sum, { depth }) => sum + depth, 0), waiting: this.#queue.size };
  }

  /** Ends the threads; plans still at work are lost. */
  async close(): Promise<void> {
    clearTimeout(this.#slice);
    await this.#pool.close({ force: true });
  }

  #run(task: ThreadTask, amount: number, signal: AbortSignal, asker: Asker): Promise<unknown> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const { client, deadlineMs } = asker;
    const work: Work = {
      task,
      client,
      deadlineMs,
      amount,
      fuseMs: this.#fuseMs,
      costMs: this.#pace.expectMs(amount),
      resolve,
      reject,
    };
    const onAbort = (): void => {
      if (!this.#queue.remove(work)) for (const lane of this.#lanes) if (lane.cancel(work)) break;
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#queue.push(work);
    this.#dispatch();
    if (this.#queue.size > this.#queueMax) this.#refuse(this.#queue.last(performance.now())!);
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  #refuse(work: Work): void {
    this.#queue.remove(work);
    work.reject(new QueueFull(`${this.#queue.size} plans wait for ${this.#threads} threads`));
  }

  /** Gives waiting work to threads: to free ones, or on top of what should give way. */
  #dispatch(): void {
    clearTimeout(this.#slice);
    const nowMs = performance.now();
    for (const work of this.#queue.takeHopeless(nowMs)) this.#refuse(work);
    for (let next = this.#queue.next(nowMs); next !== null; next = this.#queue.next(nowMs)) {
      const lane = this.#lanes.size < this.#threads ? null : this.#laneFor(next, nowMs);
      if (lane === undefined) break;
      this.#queue.remove(next);
      this.#queue.charge(next.client, next.costMs, nowMs);
      if (lane === null) this.#open(next);
      else lane.interrupt(next);
    }
    if (this.#queue.size > 0) this.#slice = setTimeout(() => this.#dispatch(), SLICE_MS).unref();
  }

  /** A thread whose plan is another client's, who had more done, and more work than this, or has been at it for longer. */
  #laneFor(work: Work, nowMs: number): Lane | undefined {
    const done = this.#queue.doneLately(work.client, nowMs);
    return [...this.#lanes].find((lane) => {
      if (lane.depth >= DEEPEST || lane.top === null) return false;
      const { work: other, ranMs } = lane.top;
      if (other.client === work.client || this.#queue.doneLately(other.client, nowMs) <= done) return false;
      return Math.max(other.costMs, ranMs) > work.costMs;
    });
  }

  #open(first: Work): void {
    const lane: Lane = new Lane(
      first,
      (task, others, signal) => this.#pool.run({ ...task, others }, { signal, transferList: [others] as never }),
      (work, ranMs) => {
        this.#queue.charge(work.client, ranMs - work.costMs, performance.now());
        this.#pace.learn(work.amount, ranMs);
      },
      (left) => {
        this.#lanes.delete(lane);
        for (const work of left) this.#queue.push(work);
        this.#dispatch();
      },
    );
    this.#lanes.add(lane);
  }
}
