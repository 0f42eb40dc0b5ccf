import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hangJudge, type Sight } from './hang.js';

const limitMs = 5_000;
const tickMs = 250;

const sight = (nowMs: number, beat: number): Sight => ({ nowMs, beat, debugged: false, thread: null });

/** @returns the verdicts of a watchdog that ticks on time, over beats seen at each tick */
function verdicts(beats: number[], part: (i: number) => Partial<Sight> = () => ({})): number[] {
  const see = hangJudge(limitMs, tickMs);
  return beats.map((beat, i) => see({ ...sight(i * tickMs, beat), ...part(i) }));
}

/** @returns when a loop is found hung that never turns, on a thread that gets this share of a processor */
function foundMs(share: number): number | null {
  const found = verdicts(Array(400).fill(7), (i) => ({ thread: { runnable: true, cpuMs: i * tickMs * share } }));
  const tick = found.findIndex((ms) => ms > 0);
  return tick === -1 ? null : tick * tickMs;
}

it('finds a loop hung as soon as it has not turned for the limit', () => {
  const found = verdicts(Array(30).fill(7));
  expect(found.findIndex((ms) => ms > 0)).toBe(limitMs / tickMs);
  expect(found[limitMs / tickMs]).toBe(limitMs);
});

it('never blames a loop that turns, however slowly, within the limit', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: limitMs / tickMs - 1 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(gaps, (each) => {
      const beats = each.flatMap((gap, beat) => Array<number>(gap).fill(beat));
      expect(Math.max(...verdicts(beats))).toBe(0);
    }),
  );
});

it('finds a loop hung after the limit that gets a tenth of a processor or more', () => {
  for (const share of [1, 1 / 2, 1 / 10]) expect(foundMs(share)).toBe(limitMs);
});

it('waits longer for a loop that gets less, until it has had a tenth of the limit', () => {
  expect(foundMs(1 / 20)).toBe(2 * limitMs);
});

it('never blames a loop that gets no processor at all', () => {
  expect(foundMs(0)).toBeNull();
});

it('finds a loop hung after the limit that sleeps and never turns', () => {
  const asleep = () => ({ thread: { runnable: false, cpuMs: 100 } });
  expect(verdicts(Array(30).fill(7), asleep).findIndex((ms) => ms > 0)).toBe(limitMs / tickMs);
});

it('stays quiet under a debugger', () => {
  expect(Math.max(...verdicts(Array(60).fill(7), () => ({ debugged: true })))).toBe(0);
});

it('does not count the time in which it was frozen itself', () => {
  const see = hangJudge(limitMs, tickMs);
  expect(see(sight(0, 1))).toBe(0);
  expect(see(sight(60_000, 1))).toBe(0);
  expect(see(sight(60_250, 1))).toBe(0);
});

it('blames a loop that stays hung after the whole process was frozen', () => {
  const see = hangJudge(limitMs, tickMs);
  let nowMs = 60_000;
  see(sight(0, 1));
  see(sight(nowMs, 1));
  let still = 0;
  while (still === 0 && nowMs < 120_000) {
    nowMs += tickMs;
    still = see(sight(nowMs, 1));
  }
  expect(nowMs).toBe(60_000 + limitMs);
});
