import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { CANCELLED, GO_ON, OTHERS_WAIT, OUT_OF_TIME } from '../stop.js';
import type { Waiting } from './fair-queue.js';
import { BEGUN, type Given, type ThreadTask } from './tasks.js';

/** A thread that does not heed its flag for this long is stuck: it is ended and replaced. */
export const STUCK_MS = 1_000;

/** Work that a thread is given: before, while and after it is at work. */
export interface Work extends Waiting {
  task: ThreadTask;
  /** Milliseconds of work after which it answers with what it has. */
  fuseMs: number;
  resolve(done: Done): void;
  reject(error: unknown): void;
}

/** What came of it, and how long the thread was at it. */
export interface Done {
  made: unknown;
  ranMs: number;
}

/** Counts the time that work is really done on, and blows its fuse by that. */
class Clock {
  #ranMs = 0;
  #since: number | null = null;
  #fuse: NodeJS.Timeout | undefined;
  #stuck: NodeJS.Timeout | undefined;

  constructor(
    readonly work: Work,
    readonly kill: () => void,
  ) {}

  get ranMs(): number {
    return this.#ranMs + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  goOn(): void {
    this.#since = performance.now();
    const { stop } = this.work.task;
    this.#fuse = setTimeout(() => this.tell(OUT_OF_TIME), Math.max(0, this.work.fuseMs - this.#ranMs));
    if (Atomics.load(stop, 0) === CANCELLED) this.tell(CANCELLED);
  }

  /** Sets the flag; a thread that is at this work must heed it soon. */
  tell(state: number): void {
    Atomics.store(this.work.task.stop, 0, state);
    if (this.#since !== null) this.#stuck ??= setTimeout(this.kill, STUCK_MS);
  }

  pause(): void {
    this.#ranMs = this.ranMs;
    this.#since = null;
    clearTimeout(this.#fuse);
    clearTimeout(this.#stuck);
    this.#stuck = undefined;
  }
}

/**
 * A thread at work: what it was given first, and on top of it what it has been given since. Only the topmost goes on.
 */
export class Lane {
  readonly #stack: Clock[] = [];
  readonly #port: MessagePort;
  readonly #given = new Map<number, Work>();
  #number = 0;
  readonly #kill = new AbortController();

  /**
   * @param start gives the first task to a free thread
   * @param onChange hears when something is over, whether the thread is free, and of what it was given and has not begun
   */
  constructor(
    first: Work,
    start: (task: ThreadTask, others: MessagePort, signal: AbortSignal) => Promise<unknown>,
    readonly onChange: (isFree: boolean, left: Work[]) => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (given: Given) => this.#take(given));
    port1.unref();
    this.#push(first);
    start(first.task, port2, this.#kill.signal).then(
      (made) => this.#end(first, null, (ranMs) => first.resolve({ made, ranMs })),
      (error) => this.#end(first, error, () => first.reject(error)),
    );
  }

  /** How many pieces of work are in this thread. */
  get depth(): number {
    return this.#stack.length;
  }

  /** What is being worked on, and for how long it has been. */
  get top(): { work: Work; ranMs: number } | null {
    const top = this.#stack.at(-1);
    return top ? { work: top.work, ranMs: top.ranMs } : null;
  }

  /** Lets the thread do this first. */
  interrupt(work: Work): void {
    const under = this.#stack.at(-1)!;
    under.pause();
    const number = this.#number++;
    this.#given.set(number, work);
    this.#port.postMessage({ ...work.task, number });
    Atomics.compareExchange(under.work.task.stop, 0, GO_ON, OTHERS_WAIT);
    this.#push(work);
  }

  /** @returns whether the work is in this thread; then it is told that nobody waits for it */
  cancel(work: Work): boolean {
    const clock = this.#stack.find((each) => each.work === work);
    clock?.tell(CANCELLED);
    return clock !== undefined;
  }

  #push(work: Work): void {
    const clock = new Clock(work, () => this.#kill.abort());
    this.#stack.push(clock);
    clock.goOn();
  }

  /** @returns for how long it was worked on, which its question is charged */
  #pop(work: Work): number {
    const at = this.#stack.findIndex((clock) => clock.work === work);
    const [clock] = this.#stack.splice(at, 1);
    clock!.pause();
    if (at > 0 && at === this.#stack.length) this.#stack.at(-1)!.goOn();
    return clock!.ranMs;
  }

  /** A piece of work that was begun is over. */
  #done(work: Work): number {
    const ranMs = this.#pop(work);
    work.question.serve(ranMs);
    return ranMs;
  }

  #take(given: Given): void {
    const work = this.#given.get(given.number);
    if (!work) return;
    this.#given.delete(given.number);
    const ranMs = this.#done(work);
    if (given.error) work.reject(given.error);
    else work.resolve({ made: given.made, ranMs });
    this.onChange(this.#stack.length === 0, []);
    this.#closeWhenDone();
  }

  /** The thread is out of what it was given first, and with it of all else. */
  #end(first: Work, error: unknown, settle: (ranMs: number) => void): void {
    const left: Work[] = [];
    for (const [number, work] of this.#given) {
      const isBegun = Atomics.load(work.task.stop, BEGUN) === 1;
      // What it has begun it has ended too, and that is on its way; unless the thread itself was ended.
      if (isBegun && !this.#kill.signal.aborted) continue;
      this.#given.delete(number);
      if (isBegun) {
        this.#done(work);
        work.reject(error);
      } else {
        this.#pop(work);
        left.push(work);
      }
    }
    settle(this.#done(first));
    this.onChange(true, left);
    this.#closeWhenDone();
  }

  #closeWhenDone(): void {
    if (this.#given.size === 0 && this.#stack.length === 0) this.#port.close();
  }
}
