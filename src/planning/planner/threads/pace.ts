import type { LoopRequest, Plan } from '../loop-request.js';
import { QUESTION_BUDGET } from '../weights.js';

/** What of a request decides on its cost. */
export type PaceRequest = Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters'>;

/** What a plan took. */
interface Cost {
  ms: number;
  settledNodes: number;
}

/** Of each plan that was made so much goes into what is expected: some twenty plans make up its memory. */
const SHARE = 0.1;

/**
 * What a plan of 15 km is taken for until one was made. A guess: too little lets in a few questions too many, too much
 * refuses a few that could be had; after the first plan it counts no more.
 */
const FIRST: Cost = { ms: 20, settledNodes: 30_000 };
const FIRST_METERS = 15_000;

/** Plans of one kind cost about the same: lengths within a factor of two, with or without a window of ascent. */
function kindOf({ lengthMeters, minAscentMeters, maxAscentMeters }: PaceRequest): string {
  const ascent = minAscentMeters !== null || maxAscentMeters !== null ? 'ascent' : 'any';
  return `${ascent} ${Math.round(Math.log2(Math.max(1, lengthMeters)))}`;
}

/** What plans cost here, learnt from those that were made. */
export class Pace {
  readonly #kinds = new Map<string, Cost>();

  /** Milliseconds of a thread that one plan will take. */
  planMs(asked: PaceRequest): number {
    return this.#expect(asked).ms;
  }

  /**
   * Milliseconds of a thread that a question will take.
   * @param plans that it makes unless its budget ends before
   */
  questionMs(asked: PaceRequest, plans: number): number {
    const { ms, settledNodes } = this.#expect(asked);
    return ms * Math.max(1, Math.min(plans, Math.ceil(QUESTION_BUDGET / Math.max(1, settledNodes))));
  }

  learn(asked: PaceRequest, ms: number, { settledNodes }: Pick<Plan, 'settledNodes'>): void {
    const kind = kindOf(asked);
    const known = this.#kinds.get(kind);
    this.#kinds.set(
      kind,
      known
        ? {
            ms: known.ms + SHARE * (ms - known.ms),
            settledNodes: known.settledNodes + SHARE * (settledNodes - known.settledNodes),
          }
        : { ms, settledNodes },
    );
  }

  #expect(asked: PaceRequest): Cost {
    const known = this.#kinds.get(kindOf(asked));
    if (known) return known;
    const times = Math.max(0.25, asked.lengthMeters / FIRST_METERS);
    return { ms: FIRST.ms * times, settledNodes: FIRST.settledNodes * times };
  }
}
