import { expect, test } from '@jest/globals';
import { distances, lineOf, middleOf, projection } from '../../nginx/site/geometry.js';

test('a loop on one side of the antimeridian is drawn as it comes', () => {
  const coordinates = [
    [1.5, 42.5, 1000],
    [1.6, 42.6, 1100],
  ];
  expect(lineOf({ type: 'LineString', coordinates }, 1.4)).toEqual(coordinates);
});

test('a loop cut at the antimeridian is drawn in one piece beside its neighbours, whichever side they begin on', () => {
  const coordinates = [
    [
      [179.99, -17],
      [180, -16.99],
    ],
    [
      [-180, -16.99],
      [-179.99, -17],
    ],
  ];
  for (const near of [179.98, -179.98]) {
    const line = lineOf({ type: 'MultiLineString', coordinates }, near);
    expect(distances(line).at(-1)).toBeLessThan(3_200);
    const { xy } = projection(line, 800, 520, 46);
    const xs = line.map(([lon, lat]: number[]) => xy([lon, lat])[0]);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(Math.abs(line[0]![0]! - near)).toBeLessThan(1);
  }
});

test('the middle of a region over the antimeridian is there', () => {
  expect(middleOf([1.4, 42.4, 1.8, 42.6])).toEqual([42.5, 1.6]);
  expect(middleOf([178, -18, -178, -16])).toEqual([-17, 180]);
  expect(middleOf([179, -18, -176, -16])).toEqual([-17, -178.5]);
});
