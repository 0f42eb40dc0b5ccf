import { workerData } from 'node:worker_threads';
import type { Square } from './cutter/squares.js';
import { type DrawnSquare, drawSquare, type MapSource } from './draw-square.js';

/** The thread in which squares of a map are drawn, one after another, out of what all threads share. */
const source = workerData as MapSource;

export default (square: Square): DrawnSquare => drawSquare(source, square);
