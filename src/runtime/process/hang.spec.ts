import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hangJudge } from './hang.js';

const limitMs = 5_000;
const tickMs = 250;

/** @returns the verdicts of a watchdog that ticks on time, over beats seen at each tick */
function verdicts(beats: number[], debugged = false): number[] {
  const see = hangJudge(limitMs, tickMs);
  return beats.map((beat, i) => see({ nowMs: i * tickMs, beat, debugged }));
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

it('stays quiet under a debugger', () => {
  expect(Math.max(...verdicts(Array(60).fill(7), true))).toBe(0);
});

it('does not count the time in which it was frozen itself', () => {
  const see = hangJudge(limitMs, tickMs);
  expect(see({ nowMs: 0, beat: 1, debugged: false })).toBe(0);
  expect(see({ nowMs: 60_000, beat: 1, debugged: false })).toBe(0);
  expect(see({ nowMs: 60_250, beat: 1, debugged: false })).toBe(0);
});

it('blames a loop that stays hung after the whole process was frozen', () => {
  const see = hangJudge(limitMs, tickMs);
  let nowMs = 60_000;
  see({ nowMs: 0, beat: 1, debugged: false });
  see({ nowMs, beat: 1, debugged: false });
  let still = 0;
  while (still === 0 && nowMs < 120_000) {
    nowMs += tickMs;
    still = see({ nowMs, beat: 1, debugged: false });
  }
  expect(nowMs).toBe(60_000 + limitMs);
});
