/** Who asks, and until when it waits. */
export interface Asker {
  client: string;
  /** On the clock of `performance.now()`. */
  deadlineMs: number;
}

export const NOBODY: Asker = { client: '', deadlineMs: Number.POSITIVE_INFINITY };

/** A question that was let in. */
export interface Question {
  /** One of its plans is made. */
  planned(): void;
  /** It is over. */
  close(): void;
}

/** A question that would wait for longer behind others is refused: soon it is better asked again. */
const LONGEST_WAIT_MS = 2_000;
/** What a question needs beside its plans. */
const MARGIN_MS = 500;

interface Open extends Question {
  client: string;
  leftMs: number;
}

/** Decides whether a question is let in, by what those let in before it still need. */
export class Admission {
  readonly #open = new Set<Open>();

  /** @param doneLately work that a client had done lately, in milliseconds of a thread */
  constructor(
    readonly threads: number,
    readonly doneLately: (client: string, nowMs: number) => number,
  ) {}

  /**
   * @param plans that the question needs, each of `costMs` of a thread
   * @returns the question, or after how many seconds it should be asked again
   */
  admit({ client, deadlineMs }: Asker, plans: number, costMs: number, nowMs: number): Question | number {
    const own = this.#dueTo(client, nowMs);
    let aheadMs = 0;
    for (const other of this.#open) {
      if (other.client === client || this.#dueTo(other.client, nowMs) <= own) aheadMs += other.leftMs;
    }
    const waitMs = aheadMs / this.threads;
    const lateMs = Math.max(
      waitMs - LONGEST_WAIT_MS,
      nowMs + waitMs + (plans * costMs) / this.threads + MARGIN_MS - deadlineMs,
    );
    // Where nobody else is served it is tried all the same: what is expected may be wrong.
    if (aheadMs > 0 && lateMs > 0) return Math.max(1, Math.min(30, Math.ceil(lateMs / 1000)));
    const question: Open = {
      client,
      leftMs: plans * costMs,
      planned: () => {
        question.leftMs = Math.max(0, question.leftMs - costMs);
      },
      close: () => {
        this.#open.delete(question);
      },
    };
    this.#open.add(question);
    return question;
  }

  /** What a client had done and is still to be done for it. */
  #dueTo(client: string, nowMs: number): number {
    let ms = this.doneLately(client, nowMs);
    for (const open of this.#open) if (open.client === client) ms += open.leftMs;
    return ms;
  }
}
