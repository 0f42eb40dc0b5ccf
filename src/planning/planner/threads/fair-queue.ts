/** Who asks, and until when it waits. */
export interface Asker {
  client: string;
  /** On the clock of `performance.now()`. */
  deadlineMs: number;
}

export const NOBODY: Asker = { client: '', deadlineMs: Number.POSITIVE_INFINITY };

/**
 * A question that is expected to take no more of a thread is not cut up: its plans are made one after the other, since
 * half an answer is none and what is usually asked takes less. Of a question that takes more, each millisecond counts.
 */
const WHOLE_MS = 200;

/** A question that was let in: whatever is planned for it counts for one client. */
export class Question {
  #servedMs = 0;

  /**
   * @param startMs where on the clock of the queue it begins
   * @param costMs how long it will take by all that is known, in milliseconds of a thread, as all that follow
   * @param hurryMs from when on it goes before those that are less far, on the clock of the deadline
   */
  constructor(
    readonly asker: Asker,
    readonly startMs: number,
    readonly costMs: number,
    readonly hurryMs = Number.POSITIVE_INFINITY,
  ) {}

  /** What was done for it. */
  get servedMs(): number {
    return this.#servedMs;
  }

  get leftMs(): number {
    return Math.max(0, this.costMs - this.#servedMs);
  }

  serve(ms: number): void {
    this.#servedMs += ms;
  }

  /** Where on the clock of the queue it is. */
  get atMs(): number {
    return this.startMs + Math.max(0, this.#servedMs - (this.costMs <= WHOLE_MS ? WHOLE_MS : 0));
  }
}

/** Work that waits for a thread. */
export interface Waiting {
  question: Question;
  /** How long it will take by all that is known. */
  costMs: number;
}

/**
 * A queue shared fairly, by start-time fair queueing (Goyal, Vin, Cheng 1996). Its clock counts work: a client's next
 * question begins where its last one ends, or now, if that is later; next is whatever is least far. So those that wait
 * have the same done for them in the same time, whatever else is asked, and nobody saves up for later. It reads no real
 * clock: what does matter of that is told by the caller.
 */
export class FairQueue<W extends Waiting> {
  #clockMs = 0;
  #waiting: W[] = [];
  /** In the order of coming. */
  readonly #open = new Set<Question>();
  /** By client with questions, or with more done than others: where its last question ends. */
  readonly #ends = new Map<string, number>();

  /** Questions that are not over. */
  get open(): ReadonlySet<Question> {
    return this.#open;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Clients that are remembered. */
  get clients(): number {
    return this.#ends.size;
  }

  /**
   * A question of a client as it would be if it were let in. Once half of its time is over it is in a hurry: otherwise
   * ever new clients could keep it from being answered, and what was let in should be.
   */
  draft(asker: Asker, costMs: number, nowMs: number): Question {
    const startMs = Math.max(this.#clockMs, this.#ends.get(asker.client) ?? 0);
    return new Question(asker, startMs, costMs, (nowMs + asker.deadlineMs) / 2);
  }

  enter(question: Question): void {
    this.#open.add(question);
    this.#ends.set(question.asker.client, question.startMs + question.costMs);
  }

  /** The question is over: its client is charged what was done, no more and no less. */
  leave(question: Question): void {
    if (!this.#open.delete(question)) return;
    const { client } = question.asker;
    this.#ends.set(client, this.#ends.get(client)! + question.servedMs - question.costMs);
    // Where nobody waits nobody has had too much.
    if (this.#open.size === 0) this.#clockMs = Math.max(this.#clockMs, ...this.#ends.values());
    const asking = new Set([...this.#open].map(({ asker }) => asker.client));
    for (const [name, endMs] of this.#ends) if (endMs <= this.#clockMs && !asking.has(name)) this.#ends.delete(name);
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
    const hopeless = this.#waiting.filter(({ question, costMs }) => nowMs + costMs > question.asker.deadlineMs);
    for (const work of hopeless) this.remove(work);
    return hopeless;
  }

  /** What is next, of those that are as far one that was begun, else the first to come; it stays in the queue. */
  next(nowMs: number): W | null {
    let best: W | null = null;
    for (const work of this.#waiting) {
      if (work.question.hurryMs <= nowMs) return work;
      if (best === null || isBefore(work.question, best.question)) best = work;
    }
    return best;
  }

  /** Takes out what is next, and lets the clock go on to there. */
  begin(work: W): void {
    this.remove(work);
    this.#clockMs = Math.max(this.#clockMs, work.question.atMs);
  }
}

const isBefore = (a: Question, b: Question): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.servedMs > 0 && b.servedMs === 0);
