import { expect, it } from '@jest/globals';
import { requestId } from './request-id.js';

it('keeps an id of 8 to 128 harmless characters', () => {
  expect(requestId('0123abcd-_')).toBe('0123abcd-_');
  expect(requestId('a'.repeat(128))).toBe('a'.repeat(128));
});

it.each([undefined, '', 'short', 'a'.repeat(129), 'has space', 'line\nbreak', ['12345678', '12345678']])(
  'mints an id in place of %j',
  (given) => {
    const minted = requestId(given);
    expect(minted).not.toBe(given);
    expect(minted).toMatch(/^[0-9a-f-]{36}$/);
  },
);

it('mints a different id each time', () => {
  expect(requestId(undefined)).not.toBe(requestId(undefined));
});
