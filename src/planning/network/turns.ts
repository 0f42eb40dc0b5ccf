import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many tiles are handled between two turns of the main loop: a millisecond or two. */
export const TILES_PER_TURN = 512;

/** And so many points of a line. */
export const POINTS_PER_TURN = 4_096;

/** Lets the main loop answer others. */
export const turn = (): Promise<void> => nextTurn();
