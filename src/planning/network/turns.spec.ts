import { expect, test } from '@jest/globals';
import { inTurns, POINTS_PER_TURN, resting } from './turns.js';

test('no more points are handled between two turns than may be, unless one piece is more', async () => {
  let turns = 0;
  let since = 0;
  let most = 0;
  const rest = resting(async () => {
    turns++;
    since = 0;
  });
  const handle = (points: number): void => {
    since += points;
    most = Math.max(most, since);
  };
  await inTurns(50_000, (from, to) => handle(to - from), rest);
  for (let i = 0; i < 1_000; i++) {
    await rest(100);
    handle(100);
  }
  expect(most).toBeLessThanOrEqual(POINTS_PER_TURN);
  expect(turns).toBeGreaterThanOrEqual(150_000 / POINTS_PER_TURN - 1);
});

test('what is small waits for no turn', async () => {
  let turns = 0;
  const rest = resting(async () => void turns++);
  for (let i = 0; i < 9; i++) await inTurns(200, () => {}, rest);
  expect(turns).toBe(0);
});
