import { expect, test } from '@jest/globals';
import { waitingForWriter } from './sqlite-busy.js';

const busy = Object.assign(new Error('database is locked'), { errcode: 5 });

test('what found the file locked is done again until it is not', async () => {
  let tries = 0;
  const work = async (): Promise<string> => {
    if (++tries < 4) throw busy;
    return 'written';
  };
  expect(await waitingForWriter(work)).toBe('written');
  expect(tries).toBe(4);
});

test('a file that stays locked is given up, any other failure at once', async () => {
  await expect(waitingForWriter(() => Promise.reject(busy))).rejects.toThrow('locked for ten minutes');
  let tries = 0;
  const broken = (): Promise<void> => {
    tries++;
    return Promise.reject(new Error('disk full'));
  };
  await expect(waitingForWriter(broken)).rejects.toThrow('disk full');
  expect(tries).toBe(1);
});
