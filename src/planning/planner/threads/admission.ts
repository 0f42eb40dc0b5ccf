import type { Question } from './fair-queue.js';

/**
 * A question that would wait for longer behind others is refused. So long is a fifth of the time that an answer may take:
 * the estimate may err by as much before what was let in fails after all, which would be work done for nothing.
 */
const LONGEST_WAIT_MS = 2_000;
/** A question may take so many times what is expected and still be answered in its time. */
const SAFETY = 2;

/** Work that will be done before a question that came last is answered: of each other what lies before its end. */
export function aheadMs(question: Question, open: Iterable<Question>): number {
  const endMs = question.startMs + question.costMs;
  let sum = 0;
  for (const other of open) sum += Math.min(other.leftMs, Math.max(0, endMs - other.atMs));
  return sum;
}

/** What is asked of `admit`. */
export interface Asking {
  threads: number;
  /** Questions that may be open before this one. */
  most: number;
  /** On the clock of the deadline. */
  nowMs: number;
}

/**
 * Whether a question is let in, before any work is done for it.
 * @param open questions that were let in before
 * @returns 0 when it is; otherwise after how many seconds it should be asked again
 */
export function admit(question: Question, open: ReadonlySet<Question>, { threads, most, nowMs }: Asking): number {
  const ahead = aheadMs(question, open);
  // With all threads free it is tried whatever is expected, which may be wrong.
  if (ahead === 0 && open.size < threads) return 0;
  const waitMs = ahead / threads;
  const before = [...open].filter((other) => other.startMs <= question.startMs).length;
  // Each that asks now has its share.
  const sharers = new Set([question, ...open].map(({ asker }) => asker.client)).size;
  const endMs = nowMs + SAFETY * waitMs + (Math.max(SAFETY, sharers) * question.costMs) / threads;
  if (before < most && waitMs <= LONGEST_WAIT_MS && endMs <= question.asker.deadlineMs) return 0;
  return Math.max(1, Math.min(30, Math.ceil(waitMs / 1000)));
}
