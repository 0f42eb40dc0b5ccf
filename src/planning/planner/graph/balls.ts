import { LENGTH_MISSED } from '../weights.js';
import { type Ball, type From, findBall } from './ball.js';

/** A loop a little longer than asked, by this share, is an answer too. */
export const NARROW_SLACK = 0.005;

/** What loops of one requested length can use, each part of it found once; and what is approach for them. */
export class Balls {
  readonly #from: From;
  readonly #lengthMeters: number;
  #narrow: Ball | null = null;
  #wide: Ball | null = null;
  readonly #approaches = new Map<Ball, Uint8Array>();

  /** @param lengthMeters as requested */
  constructor(from: From, lengthMeters: number) {
    this.#from = from;
    this.#lengthMeters = lengthMeters;
  }

  /** For loops of the requested length. */
  get narrow(): Ball {
    this.#narrow ??= findBall(this.#from, this.#lengthMeters * (1 + NARROW_SLACK));
    return this.#narrow;
  }

  /** For loops that are a good deal longer: they may go where one of the requested length cannot. */
  get wide(): Ball {
    this.#wide ??= findBall(this.#from, this.#lengthMeters * (1 + LENGTH_MISSED));
    return this.#wide;
  }

  /**
   * By segment of the area: 1 on the bridges of the ball, which a loop walks out and back or not at all. All that decides
   * on it is in the loop's id.
   * @param loopMeters length of the loop itself
   */
  approachOf(loopMeters: number): Uint8Array {
    const ball = Math.ceil(loopMeters) > this.#lengthMeters * (1 + NARROW_SLACK) ? this.wide : this.narrow;
    const known = this.#approaches.get(ball);
    if (known) return known;
    const isApproach = new Uint8Array(this.#from.area.segmentCount);
    for (let e = 0; e < ball.edgeCount; e++) if (ball.isBridge[e]) isApproach[ball.half[e] >> 1] = 1;
    this.#approaches.set(ball, isApproach);
    return isApproach;
  }
}
