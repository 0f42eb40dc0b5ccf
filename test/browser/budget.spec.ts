import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const folder = new URL('../../dist/site/assets/', import.meta.url);
const names = readdirSync(folder);
const kib = (pattern: RegExp): number => {
  const packed = names.filter((name) => name.endsWith('.gz') && pattern.test(name));
  return packed.reduce((sum, name) => sum + readFileSync(new URL(name, folder)).length / 1024, 0);
};

describe('what a visitor loads', () => {
  test('is at most 480 KiB of script, packed, of which what cards and profile wait for is at most 40', () => {
    expect(kib(/\.js\.gz$/)).toBeLessThanOrEqual(480);
    expect(kib(/^index-.*\.js\.gz$/)).toBeLessThanOrEqual(40);
  });

  test('is one entry, the map and its worker: an open page asks for no part that a later release may lack', () => {
    const scripts = names.filter((name) => name.endsWith('.js')).map((name) => name.replace(/-[\w-]{8}\.js$/, ''));
    expect(scripts.sort()).toEqual(['index', 'maplibre-gl-worker', 'view']);
  });
});
