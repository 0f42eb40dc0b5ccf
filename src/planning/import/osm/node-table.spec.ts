import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NodeTable } from './node-table.js';

test('finds every node that was asked for and no other, in whatever order', () => {
  const ids = fc.array(
    fc.integer({ min: 1, max: 60 }).map((id) => id * 700_000_000),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(ids, ids, (wanted, met) => {
      const table = new NodeTable(wanted);
      for (const id of met) table.place(id, 1, id / 1e3);
      for (const id of [...wanted, ...met, ...wanted.toReversed()]) {
        const index = table.indexOf(id);
        expect(index >= 0).toBe(wanted.includes(id));
        expect(table.isPlaced(index)).toBe(wanted.includes(id) && met.includes(id));
        if (table.isPlaced(index)) expect(table.latE7[index]).toBe(id / 1e3);
      }
    }),
  );
});
