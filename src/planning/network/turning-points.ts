import { type Network, UNKNOWN_ELEVATION } from './network.js';

/** Swings smaller than this, in half metres, are left out of a stored profile: 3 m, well under any ascent's hysteresis. */
const SMALLEST_SWING = 6;

/** Rises count towards an ascent once they reach 10 m: less is the noise of the elevation model. In half metres. */
const HYSTERESIS = 20;

/**
 * Reduces each segment's profile to its turning points: first and last elevation, and between them every high and low
 * that differs from its neighbours by at least 3 m. Hysteresis over a whole walk can then be had from a few numbers a
 * segment; sums by segment would miss every long even rise.
 * @returns for each segment its turning points in half metres, none when any elevation of it is unknown
 */
export function turningPoints(network: Network): { turnOffset: Uint32Array; turnElevation: Int16Array } {
  const { pointOffset, pointElevation, segmentCount } = network;
  const turnOffset = new Uint32Array(segmentCount + 1);
  const turns: number[] = [];
  for (let segment = 0; segment < segmentCount; segment++) {
    const start = pointOffset[segment];
    const end = pointOffset[segment + 1];
    turnOffset[segment] = turns.length;
    let known = end > start;
    for (let p = start; p < end && known; p++) known = pointElevation[p] !== UNKNOWN_ELEVATION;
    if (!known) continue;
    const first = pointElevation[start];
    turns.push(first);
    let low = first;
    let high = first;
    let trend = 0;
    for (let p = start + 1; p < end; p++) {
      const here = pointElevation[p];
      if (trend >= 0 && here > high) high = here;
      if (trend <= 0 && here < low) low = here;
      if (trend === 0) {
        if (here - low >= SMALLEST_SWING) {
          if (low !== first) turns.push(low);
          trend = 1;
          high = here;
        } else if (high - here >= SMALLEST_SWING) {
          if (high !== first) turns.push(high);
          trend = -1;
          low = here;
        }
      } else if (trend > 0 && high - here >= SMALLEST_SWING) {
        turns.push(high);
        trend = -1;
        low = here;
      } else if (trend < 0 && here - low >= SMALLEST_SWING) {
        turns.push(low);
        trend = 1;
        high = here;
      }
    }
    const last = pointElevation[end - 1];
    const extreme = trend > 0 ? high : low;
    if (trend !== 0 && extreme !== last) turns.push(extreme);
    turns.push(last);
  }
  turnOffset[segmentCount] = turns.length;
  return { turnOffset, turnElevation: Int16Array.from(turns) };
}

/**
 * Ascent and descent of a profile, fed point by point: a rise counts once it reaches 10 m from the low before it, and
 * then whole (hysteresis; the sums that GPS devices show are made so).
 */
export class AscentMeter {
  #started = false;
  /** 1 while rising, -1 while falling, 0 before the first swing of 10 m. */
  #trend = 0;
  #low = 0;
  #high = 0;
  #up = 0;
  #down = 0;

  start(): void {
    this.#started = false;
    this.#trend = 0;
    this.#up = 0;
    this.#down = 0;
  }

  /** @param elevation in half metres */
  add(elevation: number): void {
    if (!this.#started) {
      this.#started = true;
      this.#low = elevation;
      this.#high = elevation;
      return;
    }
    const trend = this.#trend;
    if (elevation > this.#high) {
      if (trend >= 0) this.#high = elevation;
    } else if (elevation < this.#low) {
      if (trend <= 0) this.#low = elevation;
    }
    if (trend <= 0 && elevation - this.#low >= HYSTERESIS) {
      if (trend < 0) this.#down += this.#high - this.#low;
      this.#trend = 1;
      this.#high = elevation;
    } else if (trend >= 0 && this.#high - elevation >= HYSTERESIS) {
      if (trend > 0) this.#up += this.#high - this.#low;
      this.#trend = -1;
      this.#low = elevation;
    }
  }

  /** Ends the profile; the sums are then in `ascentMeters` and `descentMeters`. */
  finish(): void {
    if (this.#trend > 0) this.#up += this.#high - this.#low;
    else if (this.#trend < 0) this.#down += this.#high - this.#low;
    this.#trend = 0;
  }

  get ascentMeters(): number {
    return this.#up / 2;
  }

  get descentMeters(): number {
    return this.#down / 2;
  }
}
