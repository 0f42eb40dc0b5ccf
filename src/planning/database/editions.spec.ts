import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { insertBatches } from './editions.js';

test('batches keep every row in order, stay below SQLite’s limit and below five megabytes', () => {
  const row = fc.record({
    a: fc.integer(),
    body: fc.constantFrom(0, 100_000, 900_000).map((length) => new Uint8Array(length)),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.integer({ min: 1, max: 200 }), (rows, times) => {
      const many = Array.from({ length: times }, () => rows).flat();
      const batches = [...insertBatches(many)];
      expect(batches.flat()).toEqual(many);
      for (const batch of batches) {
        expect(batch.length * 3).toBeLessThan(32_767);
        expect(batch.reduce((sum, { body }) => sum + body.byteLength, 0)).toBeLessThan(5 * 2 ** 20);
      }
    }),
    { numRuns: 20 },
  );
});

test('one row larger than a batch goes alone', () => {
  const big = { body: new Uint8Array(6 * 2 ** 20) };
  expect([...insertBatches([{ body: new Uint8Array(1) }, big, { body: new Uint8Array(1) }])]).toHaveLength(3);
});
