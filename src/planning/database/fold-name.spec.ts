import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldName } from './fold-name.js';

describe('folding a name', () => {
  test.each([
    ['Sant Julià de Lòria', 'sant julia de loria'],
    ["Coll d'Ordino", 'coll d ordino'],
    ['  Arans   (Ordino) ', 'arans ordino'],
    ['Vall del Col·lell', 'vall del collell'],
    ['Straße nach Łódź', 'strasse nach lodz'],
    ['İstanbul', 'istanbul'],
    ['富士山', '富士山'],
    ['…', ''],
  ])('%s becomes %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  test('a folded name, folded again, stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });
});
