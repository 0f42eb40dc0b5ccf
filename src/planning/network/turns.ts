import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many tiles are handled between two turns of the main loop: a millisecond or two. */
export const TILES_PER_TURN = 512;

/** And so many points of a line: two milliseconds of the dearest that is done with them, on a busy machine four. */
export const POINTS_PER_TURN = 2_048;

/** Lets the main loop answer others. */
export const turn = (): Promise<void> => nextTurn();

/** Told before so many points are handled: lets the main loop turn when it is time to. */
export type Rest = (points: number) => Promise<void>;

/** One for all that is done for an answer: short lines go together, so that a small answer waits for few turns. */
export function resting(next: () => Promise<void> = turn): Rest {
  let done = 0;
  return async (points) => {
    done += points;
    if (done < POINTS_PER_TURN) return;
    done = points;
    await next();
  };
}

/**
 * Does something with the points of a line, a part at a time.
 * @param part is told from which point up to, but not including, which
 */
export async function inTurns(points: number, part: (from: number, to: number) => void, rest: Rest): Promise<void> {
  for (let from = 0; from < points; from += POINTS_PER_TURN) {
    const to = Math.min(points, from + POINTS_PER_TURN);
    await rest(to - from);
    part(from, to);
  }
}
