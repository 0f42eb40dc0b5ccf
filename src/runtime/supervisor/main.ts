import { mkdirSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { canaryCalmMs, hopelessMs, listenTimeoutMs } from '../times.js';
import { stopForGood } from './give-up.js';
import { management } from './management.js';
import { brokenOff, Operation, underWay } from './operation.js';
import { Picture } from './picture.js';
import { Pm2 } from './pm2.js';
import { nextDue } from './recycle-policy.js';
import { retire, startBeside } from './replacement.js';
import { leftOver } from './replacement-policy.js';
import type { SupervisorSettings } from './settings.js';

const lookEveryMs = 1_000;

/** PM2's list is long: it comes with the whole environment of every process. */
const listEveryMs = 5_000;

/** PM2 does not start a process again that ends with this (`stop_exit_codes`). */
const hopelessExit = 3;

const settings: SupervisorSettings = JSON.parse(process.argv[2]);
const { name, directory, pm2Home, limits } = settings;
const pm2 = new Pm2(pm2Home, name);
const cluster = { pm2, directory };
const picture = new Picture(directory);

function log(level: 'info' | 'warn' | 'error', msg: string, fields: object = {}): void {
  const time = new Date().toISOString();
  writeSync(1, `${JSON.stringify({ level, time, name: 'supervisor', pid: process.pid, ...fields, msg })}\n`);
}

/** As many as PM2 has, when it says so: somebody may have scaled by hand. */
const wanted = () => picture.entries?.length || settings.workers;

async function recycle(): Promise<void> {
  const due = nextDue(picture.workers, wanted(), limits);
  if (!due) return;
  const operation = Operation.begin(directory, 'recycling');
  try {
    log('info', 'recycling a worker', due);
    const patience = { readyLimitMs: listenTimeoutMs, calmMs: canaryCalmMs };
    const newId = await startBeside(cluster, due.pmId, patience, operation);
    picture.willRemove(due.pmId, due.cause);
    await retire(cluster, due.pmId);
    log('info', 'recycled', { pmId: due.pmId, newId });
  } catch (error) {
    log('error', 'recycling failed; the worker stays', { pmId: due.pmId, reason: (error as Error).message });
    // Whatever is wrong with newcomers will not be right a second later.
    await pause(listenTimeoutMs);
  } finally {
    operation.end();
  }
}

/** Takes back what a reload or a supervisor has left that was killed in the middle of its work. */
async function clearUp(): Promise<void> {
  const broken = brokenOff(directory);
  if (!broken) return;
  const operation = Operation.begin(directory, 'clearing up');
  try {
    const newId = leftOver(broken, await pm2.list());
    if (newId === null) return;
    log('warn', 'a replacement was broken off: taking the newcomer back', { newId });
    await pm2.remove(newId);
  } finally {
    operation.end();
  }
}

/** One piece of work at a time, beside the looking. */
async function work(): Promise<never> {
  for (;;) {
    await pause(lookEveryMs);
    if (underWay(directory) !== null) continue;
    await clearUp()
      .then(recycle)
      .catch((error: Error) => log('warn', error.message));
  }
}

async function watch(): Promise<never> {
  let lastReadyMs = performance.now();
  let listedMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    const listNow = performance.now() - listedMs >= listEveryMs;
    if (listNow) listedMs = performance.now();
    await picture.look(listNow ? () => pm2.list() : async () => picture.entries, underWay(directory));
    if (picture.workers.some(({ stage }) => stage === 'ready') || picture.silent.length > 0)
      lastReadyMs = performance.now();
    if (performance.now() - lastReadyMs > hopelessMs) {
      log('error', `no worker has started for ${hopelessMs / 1_000} s: giving up, so that PM2 can`);
      await stopForGood(pm2).catch((error: Error) => log('warn', error.message));
      process.exit(hopelessExit);
    }
    await pause(lookEveryMs);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
mkdirSync(directory, { recursive: true, mode: 0o700 });
const server = management(picture, wanted);
server.on('error', (error) => {
  log('error', `the management port is not open: ${error.message}`);
  setTimeout(() => server.listen(settings.port, settings.host), 5_000);
});
server.on('listening', () => log('info', 'supervising', { workers: settings.workers, address: server.address() }));
server.listen(settings.port, settings.host);
watch();
work();
