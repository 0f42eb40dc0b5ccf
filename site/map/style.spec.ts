import { describe, expect, test } from '@jest/globals';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { dark, light } from './palette.js';
import { mapStyle, type Tiles } from './style.js';

const tiles: Tiles = {
  base: 'http://page.test/v1/map/abc',
  boxes: [[1, 42, 2, 43]],
  zooms: { map: { min: 5, max: 14 }, contour: { min: 11, max: 13 }, relief: { min: 6, max: 11 } },
  hasElevation: true,
};

describe.each([
  ['light', light],
  ['dark', dark],
])('the style in %s', (_, palette) => {
  test.each([
    ['with everything', tiles],
    ['without heights', { ...tiles, hasElevation: false }],
    ['without a map', null],
  ])('is a style, %s', (_what, given) => {
    const style = mapStyle(palette, given);
    expect(validateStyleMin(style)).toEqual([]);
    const asked = JSON.stringify(style).match(/https?:[^"]+/g) ?? [];
    for (const address of asked) expect(address).toMatch(/^http:\/\/page\.test\/v1\/map\/abc\/(map|contour|relief)\//);
    expect(style).not.toHaveProperty('glyphs');
    expect(style).not.toHaveProperty('sprite');
  });
});
