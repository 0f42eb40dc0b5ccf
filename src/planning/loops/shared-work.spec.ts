import { expect, test } from '@jest/globals';
import { SharedWork } from './shared-work.js';

const forever = new AbortController().signal;

test('what twelve ask for at once is made once', async () => {
  const work = new SharedWork<number>();
  let begun = 0;
  const made = Promise.withResolvers<number>();
  const asked = Array.from({ length: 12 }, () =>
    work.ask('the same', forever, () => {
      begun++;
      return made.promise;
    }),
  );
  made.resolve(7);
  expect(await Promise.all(asked)).toEqual(Array(12).fill(7));
  expect(begun).toBe(1);
  await work.ask('the same', forever, async () => ++begun);
  expect(begun).toBe(2);
});

test('it goes on while one waits, and is stopped when the last has left', async () => {
  const work = new SharedWork<number>();
  const [one, two] = [new AbortController(), new AbortController()];
  let stopped: unknown = null;
  const begin = (signal: AbortSignal) =>
    new Promise<number>(() => signal.addEventListener('abort', () => (stopped = signal.reason)));
  const first = work.ask('x', one.signal, begin);
  const second = work.ask('x', two.signal, begin);
  one.abort(new Error('one has gone'));
  await expect(first).rejects.toThrow('one has gone');
  expect(stopped).toBeNull();
  two.abort(new Error('two has gone'));
  await expect(second).rejects.toThrow('two has gone');
  expect(stopped).toEqual(new Error('two has gone'));
});

test('a failure is everybody’s, and is not kept', async () => {
  const work = new SharedWork<number>();
  const fails = () => Promise.reject(new Error('a mistake'));
  const asked = [work.ask('x', forever, fails), work.ask('x', forever, fails)];
  for (const one of asked) await expect(one).rejects.toThrow('a mistake');
  await expect(work.ask('x', forever, async () => 1)).resolves.toBe(1);
});
