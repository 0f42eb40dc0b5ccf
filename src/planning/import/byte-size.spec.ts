import { expect, test } from '@jest/globals';
import { readByteSize, writeByteSize } from './byte-size.js';

test.each([
  ['100000', 100_000],
  ['500MB', 500_000_000],
  ['1.5 GiB', 1_610_612_736],
  ['8g', 8_000_000_000],
  ['2 TB', 2_000_000_000_000],
  ['0', null],
  ['-5MB', null],
  ['many', null],
  ['5 parsecs', null],
  ['9'.repeat(40), null],
])('%s are %s bytes', (text, bytes) => {
  expect(readByteSize(text)).toBe(bytes);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [3_164_295, '3.2 MB'],
  [45_600_000, '46 MB'],
  [999_999, '1.0 MB'],
  [1e15, '1.0 PB'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(writeByteSize(bytes)).toBe(text);
});
