import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many tiles are handled between two turns of the main loop: a millisecond or two. */
export const TILES_PER_TURN = 512;

/** Lets the main loop answer others. */
export const turn = (): Promise<void> => nextTurn();
