import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { write, zigzag } from '../../../../test/pbf-message.js';
import { BadBlock } from './bad-extract.js';
import { Cursor, countNumbers, NOTHING, once, type Span } from './cursor.js';

/** A cursor at the content of the only field of a message. */
function at(value: bigint | Uint8Array): Cursor {
  const cursor = new Cursor(write([{ number: 1, value }]));
  expect(cursor.next()).toBe(true);
  return cursor;
}
const most = BigInt(Number.MAX_SAFE_INTEGER);

describe('a number', () => {
  test('is read as it was written, as int64 and as sint64, up to where numbers are exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -most, max: most }), (value) => {
        expect(at(value).number()).toBe(Number(value));
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -most / 2n, max: most / 2n }), (value) => {
        expect(at(zigzag(value)).sint()).toBe(Number(value));
      }),
    );
  });

  test.each([2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 53n)])('%s is refused as int64, not rounded', (value) => {
    expect(() => at(value).number()).toThrow(new BadBlock('a number is out of range'));
  });

  test.each([
    ['that has no end is refused after ten bytes', new Array(20).fill(0xff), 'a number has no end'],
    ['of more than 64 bits is refused', [...new Array(9).fill(0xff), 0x02], 'a number has no end'],
    ['that is cut off is refused', [0x80, 0x80], 'a number is cut off'],
    ['that is cut off late is refused', new Array(7).fill(0x80), 'a number is cut off'],
  ])('%s', (_, bytes, line) => {
    expect(() => new Cursor(Uint8Array.from(bytes)).varint()).toThrow(new BadBlock(line));
  });
});

describe('a field', () => {
  test('that is longer than its message is refused before anything is taken for it', () => {
    const cursor = new Cursor(Uint8Array.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2]));
    cursor.next();
    expect(() => cursor.span()).toThrow(new BadBlock('a field is cut off'));
  });

  test('that is not wanted is passed over, whatever its type, and one of no type is refused', () => {
    const cursor = new Cursor(Uint8Array.from([0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x15, 1, 2, 3, 4, 0x18, 0x80, 1, 0x23]));
    for (const number of [1, 2, 3]) {
      cursor.next();
      expect(cursor.field).toBe(number);
      cursor.skip();
    }
    cursor.next();
    expect(() => cursor.skip()).toThrow(new BadBlock('there is no field of type 3'));
  });

  test('of another type than expected is refused', () => {
    expect(() => at(1n).span()).toThrow(new BadBlock('field 1 is of another type'));
    expect(() => at(Buffer.from('a')).number()).toThrow(new BadBlock('field 1 is of another type'));
  });

  test('that may stand there once is refused the second time', () => {
    const cursor = new Cursor(
      write([
        { number: 8, value: Buffer.from('a') },
        { number: 8, value: Buffer.from('b') },
      ]),
    );
    let span: Span = NOTHING;
    cursor.next();
    span = once(span, cursor);
    cursor.next();
    expect(() => once(span, cursor)).toThrow(new BadBlock('field 8 stands in it twice'));
  });
});

test('a packed list has as many numbers as can be read from it', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 2n ** 63n }), { minLength: 1 }), (values) => {
      const message = new Cursor(write([{ number: 1, value: values }]));
      message.next();
      const span = message.span();
      expect(countNumbers(message.bytes, span)).toBe(values.length);
      expect(() =>
        countNumbers(Buffer.concat([message.bytes.subarray(span.start, span.end), Buffer.from([0x80])]), {
          start: 0,
          end: span.end - span.start + 1,
        }),
      ).toThrow(new BadBlock('a number is cut off'));
    }),
  );
});

test('any bytes at all are read to their end or refused, never beyond', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const cursor = new Cursor(bytes);
      try {
        while (cursor.next()) cursor.skip();
        expect(cursor.at).toBe(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(BadBlock);
      }
    }),
  );
});
