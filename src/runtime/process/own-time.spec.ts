import { expect, it } from '@jest/globals';
import { type Look, lookAtMainThread, ownMs, parseStat } from './own-time.js';

const look = (nowMs: number, runnable: boolean, cpuMs: number): Look => ({ nowMs, thread: { runnable, cpuMs } });

it('reads the state and the processor time of a thread, whatever its name is', () => {
  const after = '1 1 1 0 -1 4194304 101 0 0 0 31 11 0 0 20 0 1 0 223586';
  expect(parseStat(`7 (node) R ${after}`)).toEqual({ runnable: true, cpuMs: 420 });
  expect(parseStat(`7 (a) S 1 (b) S ${after}`)).toEqual({ runnable: false, cpuMs: 420 });
});

it('gives a thread that waits for a processor only what it ran', () => {
  expect(ownMs(look(0, true, 100), look(250, true, 130))).toBe(30);
  expect(ownMs(look(0, true, 100), look(250, true, 100))).toBe(0);
});

it('gives a thread that sleeps all the time that passed', () => {
  expect(ownMs(look(0, false, 100), look(250, false, 100))).toBe(250);
});

it('never gives more than passed, though the kernel counts in coarse steps', () => {
  expect(ownMs(look(0, true, 100), look(5, true, 110))).toBe(5);
});

it('gives all the time that passed where the kernel does not say', () => {
  expect(ownMs({ nowMs: 0, thread: null }, { nowMs: 250, thread: null })).toBe(250);
});

const onLinux = process.platform === 'linux' ? it : it.skip;
onLinux('sees that this very thread is at work', () => {
  const before = lookAtMainThread();
  let after = before;
  // Ends when the thread has had its share, however long a busy machine keeps it waiting.
  while (ownMs(before, after) < 50) after = lookAtMainThread();
  expect(after.thread).toMatchObject({ runnable: true });
});
