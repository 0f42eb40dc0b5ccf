import { describe, expect, test } from '@jest/globals';
import { addressOf, fileNameIn, isUrl, shownSource } from './address.js';

describe('an address', () => {
  test('is shown and asked for without its user and password, which the server is told', () => {
    const { url, shown, headers } = addressOf('https://me:p%40ss@maps.example/a/b.osm.pbf?key=secret#part');
    expect(url).toBe('https://maps.example/a/b.osm.pbf?key=secret');
    expect(shown).toBe('https://maps.example/a/b.osm.pbf?…');
    expect(headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(addressOf('http://maps.example/x.osm.pbf').headers).not.toHaveProperty('authorization');
  });

  test('that cannot be read is not repeated in what is said about it', () => {
    for (const wrong of ['http://me:secret@[nowhere/x', 'https://me:secret@host:99999999/x']) {
      expect(() => addressOf(wrong)).toThrow(/^the address to download from is none/);
      expect(() => addressOf(wrong)).not.toThrow(/secret/);
    }
  });

  test('names its file, however that is written', () => {
    expect(fileNameIn('https://maps.example/a/b%20c.osm.pbf?x=1')).toBe('b c.osm.pbf');
    expect(fileNameIn('https://maps.example/%zz.osm.pbf')).toBe('%zz.osm.pbf');
  });

  test('is told from a path', () => {
    expect([isUrl('HTTPS://maps.example/x'), isUrl('maps/x.osm.pbf'), isUrl('ftp://x')]).toEqual([true, false, false]);
    expect(shownSource('maps/x.osm.pbf')).toBe('maps/x.osm.pbf');
  });
});
