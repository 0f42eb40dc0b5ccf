import { expect, it } from '@jest/globals';
import { stopForGood } from './give-up.js';
import type { Entry } from './pm2.js';

/** A PM2 of two workers, whose first is started again as often as told although it was asked to stop. */
function stubborn(restarts: number) {
  const status = new Map([
    [0, 'waiting restart'],
    [1, 'launching'],
  ]);
  let planned = false;
  let left = restarts;
  const asked: number[] = [];
  const list = async () => {
    if (planned) status.set(0, 'launching');
    return [...status].map(([pmId, each]) => ({ pmId, status: each }) as Entry);
  };
  const stop = async (pmId: number) => {
    asked.push(pmId);
    planned = pmId === 0 && status.get(0) !== 'stopped' && left-- > 0;
    status.set(pmId, 'stopped');
  };
  return { list, stop, status, asked, isPlanned: () => planned };
}

it('stops every worker, and once more what is stopped, so that no start is planned', async () => {
  const pm2 = stubborn(0);
  await stopForGood(pm2);
  expect(pm2.asked).toEqual([0, 1, 0, 1]);
  expect([...pm2.status.values()]).toEqual(['stopped', 'stopped']);
});

it('goes on until a worker that PM2 starts again stays stopped', async () => {
  const pm2 = stubborn(3);
  await stopForGood(pm2);
  expect(pm2.isPlanned()).toBe(false);
  expect([...pm2.status.values()]).toEqual(['stopped', 'stopped']);
});

it('comes to an end when PM2 never leaves one stopped', async () => {
  await expect(stopForGood(stubborn(Number.POSITIVE_INFINITY))).resolves.toBeUndefined();
});
