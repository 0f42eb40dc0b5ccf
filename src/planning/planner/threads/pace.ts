import type { LoopRequest } from '../loop-request.js';

/** A plan with a window of ascent does so many times the work of one without. */
const ASCENT_TIMES = 10;
const USUAL_METERS = 15_000;
/** What a plan of the usual length takes on a thread until one was seen. */
const FIRST_MS = 25;
/** Of each plan seen so much goes into the estimate. */
const SHARE = 0.1;

/** Work of a plan, in plans of 15 km without a wish for ascent. */
export function workOf({ lengthMeters, minAscentMeters, maxAscentMeters }: LoopRequest): number {
  const wantsAscent = minAscentMeters !== null || maxAscentMeters !== null;
  return Math.max(0.3, lengthMeters / USUAL_METERS) * (wantsAscent ? ASCENT_TIMES : 1);
}

/** How fast plans are made here, learnt from those that were. */
export class Pace {
  #msPerWork = FIRST_MS;

  /** Milliseconds of a thread that so much work will take. */
  expectMs(work: number): number {
    return work * this.#msPerWork;
  }

  learn(work: number, ms: number): void {
    this.#msPerWork += SHARE * (ms / work - this.#msPerWork);
  }
}
