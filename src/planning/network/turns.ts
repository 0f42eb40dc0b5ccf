import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many tiles are handled between two turns of the main loop: a millisecond or two. */
export const TILES_PER_TURN = 512;

/** And so many points of a line: two milliseconds of the dearest that is done with them, on a busy machine four. */
export const POINTS_PER_TURN = 2_048;

/** Lets the main loop answer others. */
export const turn = (): Promise<void> => nextTurn();

/**
 * Does something with the points of a line, the main loop turning before each part of them.
 * @param part is told from which point up to, but not including, which
 */
export async function inTurns(
  points: number,
  part: (from: number, to: number) => void,
  rest: () => Promise<void> = turn,
): Promise<void> {
  for (let from = 0; from < points; from += POINTS_PER_TURN) {
    await rest();
    part(from, Math.min(points, from + POINTS_PER_TURN));
  }
}
