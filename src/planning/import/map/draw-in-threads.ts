import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Listener } from '../job.js';
import type { Square } from './cutter/squares.js';
import { drawMap, type MapTile } from './draw-map.js';
import type { DrawnSquare, MapSource } from './draw-square.js';

const THREAD = new URL('./draw.thread.js', import.meta.url);

/** Each holds its own code and what it is at: more would cost memory, and a country has hundreds of squares. */
const MOST_THREADS = 4;

/** What a thread makes is soon forgotten: with more room for it a thread takes a hundred megabytes and is no faster. */
const YOUNG_MB = 16;

/**
 * How many squares an honest file may fill: of the thinnest extracts each has tens of kilobytes. One forest round the world, told in
 * a few hundred bytes, would have a million.
 * @param bytes of the file
 */
export const mostSquares = (bytes: number): number => 64 + Math.floor(bytes / 4_096);

/**
 * Draws a map with as many threads as there are processors: a stage of its own.
 * @param most squares that it may have
 * @returns its tiles as they are stored
 * @throws RangeError when it has more
 */
export async function drawInThreads(source: MapSource, most: number, listener: Listener): Promise<MapTile[]> {
  listener.next();
  const pool = new Piscina<Square, DrawnSquare>({
    filename: THREAD.href,
    workerData: source,
    minThreads: 1,
    maxThreads: Math.min(MOST_THREADS, availableParallelism()),
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  try {
    return await drawMap(
      source,
      (square) => pool.run(square),
      most,
      (done, all) => listener.advance(done / all),
    );
  } finally {
    await pool.destroy();
  }
}
