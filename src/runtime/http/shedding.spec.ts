import { expect, it } from '@jest/globals';
import { tooMuch } from './shedding.js';

const limits = { inFlightMax: 100, loopDelayMaxMs: 500 };

it.each([
  [{ inFlight: 0, loopDelayMs: 0 }, null],
  [{ inFlight: 99, loopDelayMs: 500 }, null],
  [{ inFlight: 100, loopDelayMs: 0 }, '100 requests are being answered already'],
  [{ inFlight: 0, loopDelayMs: 501.4 }, 'the server is 501 ms behind'],
])('%j → %j', (strain, reason) => {
  expect(tooMuch(strain, limits)).toBe(reason);
});
