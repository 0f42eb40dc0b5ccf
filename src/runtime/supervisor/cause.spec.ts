import { expect, it } from '@jest/globals';
import { causeOf, type Ending } from './cause.js';

const ending = (part: Partial<Ending>): Ending => ({
  word: null,
  planned: undefined,
  orderly: true,
  underWay: null,
  ...part,
});

it.each([
  ['a hang that its watchdog has put down', { word: 'hang', orderly: false }, 'hang'],
  ['a crash after a short drain', { word: 'crash' }, 'crash'],
  ['a crash while it was being recycled', { word: 'crash', planned: 'recycle' as const }, 'crash'],
  ['a kill from outside', { orderly: false }, 'crash'],
  ['a kill because its drain took too long', { orderly: false, planned: 'recycle' as const }, 'recycle'],
  ['its own recycling', { planned: 'memory' as const }, 'memory'],
  ['a reload by another process', { underWay: 'reload' }, 'reload'],
  ['a stop by hand', {}, 'stop'],
])('counts %s', (_, part, cause) => {
  expect(causeOf(ending(part))).toBe(cause);
});
