import { canaryCalmMs, listenTimeoutMs } from '../times.js';
import { Operation } from './operation.js';
import { type Cluster, retire, startBeside } from './replacement.js';

/** Between the canary and the others: each must have been ready for a moment. */
const calmMs = 1_000;

export interface Reloading extends Cluster {
  /** @throws Error when the new build cannot be used */
  preflight(script: string, env: Record<string, string>): Promise<void>;
  /** One line a step. */
  say(line: string): void;
}

/**
 * Replaces every worker by one of the build, the settings and the data that are there now, without a gap: tries them in a
 * process to throw away, starts one worker as a canary, and only when that has been ready for a while replaces the old ones,
 * one by one, each new one ready before an old one ends.
 * @throws Error whose message says what failed, and what runs now
 */
export async function reload(reloading: Reloading): Promise<void> {
  const { pm2, directory, say } = reloading;
  const old = (await pm2.list()).filter(({ status }) => status === 'online');
  if (old.length === 0) throw new Error('no worker is online: nothing to reload');
  const operation = Operation.begin(directory, 'reload');
  let replaced = 0;
  const stays = () =>
    replaced === 0
      ? `all ${old.length} workers are as they were`
      : `${replaced} of ${old.length} workers are new, the others are as they were`;
  const failed = (what: string) => (error: Error) => {
    throw new Error(`${what}: ${error.message}; ${stays()}`);
  };
  try {
    say('checking the build in a process of its own');
    await reloading.preflight(old[0].script, old[0].env).catch(failed('the build cannot be used'));
    for (const [i, { pmId }] of old.entries()) {
      const canary = i === 0;
      const patience = { readyLimitMs: listenTimeoutMs, calmMs: canary ? canaryCalmMs : calmMs };
      say(canary ? 'starting one new worker as the canary' : `starting new worker ${i + 1} of ${old.length}`);
      const newId = await startBeside(reloading, pmId, patience, operation).catch(failed('the new worker failed'));
      say(`worker ${newId} is ready; worker ${pmId} finishes what it has begun`);
      await retire(reloading, pmId).catch(failed(`worker ${pmId} did not end`));
      replaced++;
    }
  } finally {
    operation.end();
  }
  say(`reloaded: ${replaced} of ${old.length} workers are new`);
}
