import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blob, type Packing } from '../../../../test/pbf-blob.js';
import { type Field, write } from '../../../../test/pbf-message.js';
import { BadBlock } from './bad-extract.js';
import { readBlobHeader, unpackBlob } from './blob.js';
import { unpackLz4 } from './lz4.js';

const said = (bytes: number | bigint): Field => ({ number: 2, value: BigInt(bytes) });
const packed = (number: number, value: Uint8Array): Field => ({ number, value });
const text = Buffer.from('a hill and a hill and a hill');

describe('a blob', () => {
  test.each<Packing>(['raw', 'zlib', 'zstd', 'lz4'])('packed with %s is unpacked to what it was', (packing) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_000 }), (bytes) => {
        expect(Buffer.compare(unpackBlob(write(blob(bytes, packing))), bytes)).toBe(0);
      }),
    );
  });

  test.each<[string, Field[], string]>([
    ['is longer than it says', [said(5), packed(3, deflateSync(text))], 'it is longer than it says'],
    ['is shorter than it says', [said(500), packed(3, deflateSync(text))], 'it says 500 bytes and has 28'],
    [
      'says more than a block may hold',
      [said(2 ** 25 + 1), packed(3, deflateSync(text))],
      '33554433 bytes are more than a block may hold',
    ],
    ['says less than nothing', [said(-7), packed(3, deflateSync(text))], '-7 bytes are more than a block may hold'],
    [
      'unpacks to more than a block may hold',
      [packed(3, deflateSync(Buffer.alloc(2 ** 25 + 1)))],
      'it is longer than it says',
    ],
    ['is damaged inside', [said(28), packed(3, text)], 'its zlib data is damaged'],
    ['is cut off inside', [said(28), packed(3, deflateSync(text).subarray(0, 12))], 'its zlib data is damaged'],
    ['is no zstd', [said(28), packed(7, text)], 'its zstd data is damaged'],
    ['is no LZ4', [said(28), packed(6, text)], 'its LZ4 data is damaged'],
    ['does not say how long its zstd data gets', [packed(7, text)], 'it does not say how long it is'],
    [
      'is packed with LZMA',
      [said(28), packed(4, text)],
      'it is packed with LZMA, which is not read here, only zlib, zstd and LZ4',
    ],
    [
      'is packed with bzip2',
      [said(28), packed(5, text)],
      'it is packed with bzip2, which is not read here, only zlib, zstd and LZ4',
    ],
    ['is packed twice', [packed(1, text), packed(1, text)], 'it is packed twice'],
    ['holds nothing', [said(28)], 'it is empty'],
  ])('that %s is refused', (_, message, line) => {
    expect(() => unpackBlob(write(message))).toThrow(new BadBlock(line));
  });

  test('has a header with its type and a length that is none of a monster', () => {
    const header = (length: bigint) => write([packed(1, Buffer.from('OSMData')), { number: 3, value: length }]);
    expect(readBlobHeader(header(7n))).toEqual({ type: 'OSMData', length: 7 });
    for (const length of [-1n, 2n ** 25n + 1n]) {
      expect(() => readBlobHeader(header(length))).toThrow(new BadBlock('its length is out of range'));
    }
  });
});

describe('an LZ4 block', () => {
  // Four letters, a match of eight that runs into itself, two letters.
  const repeating = Uint8Array.from([0x44, ...Buffer.from('abcd'), 4, 0, 0x20, ...Buffer.from('yz')]);

  test('repeats what a match points at, itself included', () => {
    expect(unpackLz4(repeating, 14).toString()).toBe('abcdabcdabcdyz');
  });

  test('is refused when a match points before the beginning, at itself, or says more than there is room for', () => {
    const wrong = new BadBlock('its LZ4 data is damaged');
    for (const distance of [0, 5, 300]) {
      const bytes = Uint8Array.from(repeating);
      bytes[5] = distance & 255;
      bytes[6] = distance >> 8;
      expect(() => unpackLz4(bytes, 14)).toThrow(wrong);
    }
    for (const size of [0, 4, 13, 15]) expect(() => unpackLz4(repeating, size)).toThrow(wrong);
  });

  test('of any bytes at all ends, with the size that was asked for or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(400), (bytes, size) => {
        try {
          expect(unpackLz4(bytes, size).length).toBe(size);
        } catch (error) {
          expect(error).toBeInstanceOf(BadBlock);
        }
      }),
    );
  });
});
