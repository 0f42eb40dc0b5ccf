import type { Pm2 } from './pm2.js';

/** More than it takes: each round needs a second, in which PM2 may start again what has just ended. */
const roundsMax = 10;

/**
 * Stops every worker for good. pm2-runtime ends when it finds nothing running at four looks within eight seconds, which
 * workers that are started again and again keep it from for minutes, and on a slow machine for ever.
 *
 * PM2 plans to start a worker again when it ends while it is starting, though it was asked to stop it; to stop one that is
 * stopped already takes that plan back. So the last round finds all of them stopped.
 * @throws Error when PM2 does not answer
 */
export async function stopForGood(pm2: Pick<Pm2, 'list' | 'stop'>): Promise<void> {
  for (let round = 0; round < roundsMax; round++) {
    const entries = await pm2.list();
    await Promise.all(entries.map(({ pmId }) => pm2.stop(pmId)));
    if (entries.every(({ status }) => status === 'stopped')) return;
  }
}
