import { setTimeout as pause } from 'node:timers/promises';
import { StaleEdition } from '../database/stale-edition.js';
import { isDatabaseUnreachable } from '../database/unreachable.js';
import type { Regions } from './regions.js';

/** Imports do not follow each other faster than a request can read. */
const MOST_EDITIONS = 4;

/** A database restart takes up to 5 s; the request's own deadline comes after this. */
const WAIT_FOR_DATABASE_MS = 6_500;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 800;

/**
 * Reads again from the beginning when an import has replaced what was being read, and while the database restarts.
 * @param signalOf is asked only when something went wrong: a signal costs more than most reads
 * @param regions are asked anew when an edition of theirs is gone
 * @param read must ask them itself, and change nothing
 * @throws what `read` threw last; the signal's reason when it aborts meanwhile
 */
export async function steadily<T>(
  signalOf: () => AbortSignal,
  regions: Pick<Regions, 'forget'>,
  read: () => Promise<T>,
): Promise<T> {
  const giveUpAt = performance.now() + WAIT_FOR_DATABASE_MS;
  let pauseMs = FIRST_PAUSE_MS;
  let stale = 0;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const signal = signalOf();
      signal.throwIfAborted();
      if (error instanceof StaleEdition && ++stale < MOST_EDITIONS) {
        regions.forget();
        continue;
      }
      if (!isDatabaseUnreachable(error) || performance.now() + pauseMs > giveUpAt) throw error;
      await pause(pauseMs, undefined, { signal });
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}
