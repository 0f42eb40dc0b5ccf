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
 * What a plan of 15 km is taken for until one of its kind was made, on a machine of which nothing is known: about what it
 * takes in Andorra. A window of ascent takes one and a half times that for 15 km, and three times for 30.
 */
const FIRST: Cost = { ms: 20, settledNodes: 30_000 };
const FIRST_METERS = 15_000;
const FIRST_ASCENT_TIMES = 3;

const wantsAscent = ({ minAscentMeters, maxAscentMeters }: PaceRequest): boolean =>
  minAscentMeters !== null || maxAscentMeters !== null;

/** Plans of one kind cost about the same: lengths within a factor of two, with or without a window of ascent. */
const kindOf = (asked: PaceRequest): string =>
  `${wantsAscent(asked) ? 'ascent' : 'any'} ${Math.round(Math.log2(Math.max(1, asked.lengthMeters)))}`;

function firstOf(asked: PaceRequest): Cost {
  const times = Math.max(0.25, asked.lengthMeters / FIRST_METERS) * (wantsAscent(asked) ? FIRST_ASCENT_TIMES : 1);
  return { ms: FIRST.ms * times, settledNodes: FIRST.settledNodes * times };
}

/** What plans cost here, learnt from those that were made. */
export class Pace {
  readonly #kinds = new Map<string, Cost>();
  /** How many times as long as was thought at first plans of any kind take here. */
  #slowness = 1;

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
    this.#slowness += SHARE * (ms / firstOf(asked).ms - this.#slowness);
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
    const first = firstOf(asked);
    return { ...first, ms: first.ms * this.#slowness };
  }
}
