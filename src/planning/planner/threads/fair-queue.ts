/** Work that waits for a thread. */
export interface Waiting {
  /** Whose it is. */
  client: string;
  /** How long it will take by all that is known, in milliseconds of a thread. */
  costMs: number;
  /** When nobody waits for it any more, on the clock that `nowMs` is read from. */
  deadlineMs: number;
}

/** What a client had done counts half after this. */
const HALF_LIFE_MS = 10_000;
/** Clients that are remembered; of more, those that had the least done are forgotten. */
const MOST_CLIENTS = 2_000;

/**
 * A queue shared fairly: next is the work of whoever had the least done lately, of one client the oldest. It reads no
 * clock: every call is told what time it is.
 */
export class FairQueue<W extends Waiting> {
  #waiting: W[] = [];
  readonly #done = new Map<string, { ms: number; atMs: number }>();

  get size(): number {
    return this.#waiting.length;
  }

  /** Work that a client had done lately, in milliseconds of a thread. */
  doneLately(client: string, nowMs: number): number {
    const done = this.#done.get(client);
    return done ? done.ms * 0.5 ** ((nowMs - done.atMs) / HALF_LIFE_MS) : 0;
  }

  /** Counts work for a client; below zero when it took less than it was counted for before. */
  charge(client: string, ms: number, nowMs: number): void {
    this.#done.set(client, { ms: Math.max(0, this.doneLately(client, nowMs) + ms), atMs: nowMs });
    if (this.#done.size > MOST_CLIENTS) this.#forget(nowMs);
  }

  push(work: W): void {
    this.#waiting.push(work);
  }

  /** @returns whether it was there */
  remove(work: W): boolean {
    const at = this.#waiting.indexOf(work);
    if (at >= 0) this.#waiting.splice(at, 1);
    return at >= 0;
  }

  /** Takes out what can no longer be done in time, the oldest first. */
  takeHopeless(nowMs: number): W[] {
    const hopeless = this.#waiting.filter(({ deadlineMs, costMs }) => nowMs + costMs > deadlineMs);
    for (const work of hopeless) this.remove(work);
    return hopeless;
  }

  /** What is next; it stays in the queue. */
  next(nowMs: number): W | null {
    return this.#extreme(nowMs, (done, best) => done < best);
  }

  /** The work of whoever had the most done lately. */
  last(nowMs: number): W | null {
    return this.#extreme(nowMs, (done, best) => done >= best);
  }

  #extreme(nowMs: number, isBetter: (done: number, best: number) => boolean): W | null {
    let best: W | null = null;
    let bestDone = 0;
    for (const work of this.#waiting) {
      const done = this.doneLately(work.client, nowMs);
      if (best !== null && !isBetter(done, bestDone)) continue;
      best = work;
      bestDone = done;
    }
    return best;
  }

  #forget(nowMs: number): void {
    const byWork = [...this.#done.keys()].sort((a, b) => this.doneLately(a, nowMs) - this.doneLately(b, nowMs));
    for (const client of byWork.slice(0, MOST_CLIENTS / 4)) this.#done.delete(client);
  }
}
