import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { searchKeys, skeletonOf } from './name-keys.js';

test('a name of several words is found from each of its words on', () => {
  expect(searchKeys(['Sant Julià de Lòria'])).toEqual(
    expect.arrayContaining(['sant julia de loria', 'julia de loria', 'de loria', 'loria']),
  );
});

test.each([
  ['ordino', 'urdino'],
  ['andorra', 'andora'],
  ['encamp', 'encaamp'],
])('%s and its misspelling %s share their skeleton', (right, wrong) => {
  expect(skeletonOf(wrong)).toBe(skeletonOf(right));
});

test('names without a letter have no key, and no key is empty or given twice', () => {
  expect(searchKeys(['…', ''])).toEqual([]);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (names) => {
      const keys = searchKeys(names);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).not.toContain('');
      expect(keys).not.toContain('~');
    }),
  );
});
