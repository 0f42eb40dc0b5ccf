import { Piscina } from 'piscina';
import { MalformedLoopId } from '../loop-id.js';
import type { Loop, Plan } from '../loop-request.js';
import { admit } from './admission.js';
import { type Asker, FairQueue, type Question } from './fair-queue.js';
import { type Done, Lane, STUCK_MS, type Work } from './lane.js';
import { Pace, type PaceRequest } from './pace.js';
import { newFlag, type PlanTask, type RebuildTask, type ThreadTask, type TopTask } from './tasks.js';

export type { PlanTask, RebuildTask } from './tasks.js';

/** More is asked than can be planned in time: try again later. */
export class QueueFull extends Error {
  override name = 'QueueFull';

  constructor(readonly retryAfterSeconds: number) {
    super('More is asked than can be planned in time.');
  }
}

export interface PlannerPoolOptions {
  threads: number;
  /** Questions that may wait behind those that are planned. */
  queueMax: number;
  /** A plan that still searches after so much time of its own answers with what it has (`truncated`). */
  fuseMs?: number;
  /** The thread's program, as a URL; the one beside this file in the same build unless a test says otherwise. */
  filename?: string;
}

const FUSE_MS = 3_000;

/** While others wait, whether one of them goes first is looked at so often: a plan has its thread for no longer. */
const SLICE_MS = 50;

/** Plans that one thread may have begun: each keeps the memory that it searches in. */
const DEEPEST = 4;

/** How far from its start a plan may look: the tiles for it are those within this. */
export const tileRadiusMeters = (lengthMeters: number): number => lengthMeters * 0.55 + 100;

/**
 * Planner threads that clients share by the work done for them. A question is let in first and then planned for; a plan
 * at work gives way to one of another client for whom less was done (stop.ts). Cancelling sets a flag in shared memory
 * that the search reads, so that the thread stays warm; ending the thread is the last resort.
 */
export class PlannerPool {
  readonly #pool: Piscina<TopTask, unknown>;
  readonly #threads: number;
  readonly #queueMax: number;
  readonly #fuseMs: number;
  readonly #queue = new FairQueue<Work>();
  readonly #pace = new Pace();
  readonly #lanes = new Set<Lane>();
  #slice: NodeJS.Timeout | undefined;

  constructor({ threads, queueMax, fuseMs = FUSE_MS, filename }: PlannerPoolOptions) {
    this.#threads = threads;
    this.#queueMax = queueMax;
    this.#fuseMs = fuseMs;
    this.#pool = new Piscina<TopTask, unknown>({
      filename: filename ?? new URL('./planner.thread.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
    });
  }

  /**
   * Lets a question in before anything is done for it, or refuses it at once.
   * @param plans that it may need; finding a loop again is taken for one
   * @param answer makes its plans; the question is over when it has ended
   * @throws QueueFull when too many wait, or it could not be answered in its time; what `answer` throws
   */
  async ask<T>(
    asker: Asker,
    request: PaceRequest,
    plans: number,
    answer: (question: Question) => Promise<T>,
  ): Promise<T> {
    const nowMs = performance.now();
    const question = this.#queue.draft(asker, this.#pace.questionMs(request, plans), nowMs);
    const most = this.#threads + this.#queueMax;
    const seconds = admit(question, this.#queue.open, { threads: this.#threads, most, nowMs });
    if (seconds > 0) throw new QueueFull(seconds);
    this.#queue.enter(question);
    try {
      return await answer(question);
    } finally {
      this.#queue.leave(question);
    }
  }

  /**
   * @param question that was let in
   * @throws QueueFull when it waited until it could not be done in time
   * @throws the signal's reason once it aborts
   */
  async plan(task: PlanTask, signal: AbortSignal, question: Question): Promise<Plan> {
    const costMs = this.#pace.planMs(task.request);
    const { made, ranMs } = await this.#run({ kind: 'plan', ...task, stop: newFlag() }, costMs, signal, question);
    const plan = made as Plan;
    this.#pace.learn(task.request, ranMs, plan);
    return plan;
  }

  /**
   * @param question that was let in
   * @returns null when the data no longer has that loop
   * @throws MalformedLoopId when a loop that is there has another id; otherwise as `plan` does
   */
  async rebuild(task: RebuildTask, signal: AbortSignal, question: Question): Promise<Loop | null> {
    const rebuild: ThreadTask = { kind: 'rebuild', ...task, stop: newFlag() };
    const { made } = await this.#run(rebuild, question.costMs, signal, question);
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

  async #run(task: ThreadTask, costMs: number, signal: AbortSignal, question: Question): Promise<Done> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Done>();
    const work: Work = { task, question, costMs, fuseMs: this.#fuseMs, resolve, reject };
    const onAbort = (): void => {
      if (!this.#queue.remove(work)) for (const lane of this.#lanes) if (lane.cancel(work)) break;
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#queue.push(work);
    this.#dispatch();
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  /** Gives waiting work to threads: to free ones, or on top of what should give way. */
  #dispatch(): void {
    clearTimeout(this.#slice);
    const nowMs = performance.now();
    for (const { reject } of this.#queue.takeHopeless(nowMs)) reject(new QueueFull(1));
    for (let next = this.#queue.next(nowMs); next !== null; next = this.#queue.next(nowMs)) {
      const lane = this.#lanes.size < this.#threads ? null : this.#laneFor(next);
      if (lane === undefined) break;
      this.#queue.begin(next);
      if (lane === null) this.#open(next);
      else lane.interrupt(next);
    }
    if (this.#queue.size > 0) this.#slice = setTimeout(() => this.#dispatch(), SLICE_MS).unref();
  }

  /** Of the threads whose plan has had its slice and is another question's and farther than this work, the farthest. */
  #laneFor({ question }: Work): Lane | undefined {
    let farthest: Lane | undefined;
    let mostMs = question.atMs;
    for (const lane of this.#lanes) {
      const { top } = lane;
      if (lane.depth >= DEEPEST || top === null || top.work.question === question) continue;
      const { startMs, servedMs, atMs } = top.work.question;
      const farMs = top.ranMs < SLICE_MS ? atMs : startMs + servedMs + top.ranMs;
      if (farMs <= mostMs) continue;
      farthest = lane;
      mostMs = farMs;
    }
    return farthest;
  }

  #open(first: Work): void {
    const lane: Lane = new Lane(
      first,
      (task, others, signal) => this.#pool.run({ ...task, others }, { signal, transferList: [others] as never }),
      (isFree, left) => {
        if (isFree) this.#lanes.delete(lane);
        for (const work of left) this.#queue.push(work);
        this.#dispatch();
      },
    );
    this.#lanes.add(lane);
  }
}
