import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commonSpelling, searchKeys, skeletonOf } from './name-keys.js';

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

test('each language of a name is whole, and so are its other names, but not a word of it', () => {
  const keys = searchKeys(['Bruneck - Brunico', 'Pic de Sant Pere']);
  expect(keys).toEqual(expect.arrayContaining(['=bruneck brunico', '=bruneck', '=brunico', '=pic de sant pere']));
  expect(keys).not.toContain('=pere');
});

test.each([
  ['sant pere', 'st pere'],
  ['saint lary', 'st lary'],
  ['muehlbach', 'muhlbach'],
  ['la massana', 'la massana'],
])('%s is %s in the common spelling', (folded, common) => {
  expect(commonSpelling(folded)).toBe(common);
  expect(commonSpelling(common)).toBe(common);
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

test('however long a name is, its keys fit into an index, and there are not endlessly many', () => {
  // One character that folds to eighteen, some of two halves, and as many words as fit.
  for (const name of ['\ufdfa'.repeat(255), `a${'𐐀'.repeat(400)}`, 'a '.repeat(5_000)]) {
    const keys = searchKeys([name]);
    expect(keys.length).toBeLessThan(200);
    for (const key of keys) {
      expect(Buffer.byteLength(key)).toBeLessThan(1_100);
      expect(key.isWellFormed()).toBe(true);
    }
  }
});
