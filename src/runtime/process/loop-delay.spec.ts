import { expect, it } from '@jest/globals';
import { LoopDelay } from './loop-delay.js';

it('notices that the loop was blocked, and when it no longer is', async () => {
  const watched = new LoopDelay();
  const blocking = setInterval(() => {
    const until = performance.now() + 90;
    while (performance.now() < until);
  }, 0);
  const seen = async (wanted: () => boolean) => {
    while (!wanted()) await new Promise((turn) => setTimeout(turn, 5));
  };
  await seen(() => watched.last.p50Ms > 50);
  expect(watched.last.p99Ms).toBeGreaterThanOrEqual(watched.last.p50Ms);
  expect(watched.last.utilization).toBeGreaterThan(0.5);
  clearInterval(blocking);
  await seen(() => watched.last.p50Ms < 10);
  watched.onApplicationShutdown();
});
