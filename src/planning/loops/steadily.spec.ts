import { expect, test } from '@jest/globals';
import { StaleEdition } from '../database/stale-edition.js';
import { steadily } from './steadily.js';

const never = new AbortController().signal;
let forgotten = 0;
const regions = { forget: () => forgotten++ };
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Fails so often, then answers. */
function failing(times: number, error: () => Error): { read: () => Promise<string>; calls: () => number } {
  let calls = 0;
  const read = async () => {
    if (++calls <= times) throw error();
    return 'read';
  };
  return { read, calls: () => calls };
}

test('what an import has replaced is read again, a few times', async () => {
  const { read, calls } = failing(3, () => new StaleEdition(1));
  await expect(steadily(() => never, regions, read)).resolves.toBe('read');
  expect(calls()).toBe(4);
  expect(forgotten).toBe(3);
  await expect(steadily(() => never, regions, failing(4, () => new StaleEdition(1)).read)).rejects.toThrow('edition 1');
});

test('a database that restarts is waited for', async () => {
  await expect(steadily(() => never, regions, failing(2, refused).read)).resolves.toBe('read');
});

test('any other error comes at once', async () => {
  const { read, calls } = failing(1, () => new Error('a mistake'));
  await expect(steadily(() => never, regions, read)).rejects.toThrow('a mistake');
  expect(calls()).toBe(1);
});

test('nobody is waited for when the client has gone: the reason of the signal is thrown', async () => {
  const gone = new AbortController();
  const { read, calls } = failing(100, refused);
  const waiting = steadily(
    () => gone.signal,
    regions,
    async () => {
      if (calls() === 1) gone.abort(new Error('gone'));
      return read();
    },
  );
  await expect(waiting).rejects.toThrow('gone');
  expect(calls()).toBe(2);
});
