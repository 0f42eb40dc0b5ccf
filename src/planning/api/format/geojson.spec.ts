import { describe, expect, test } from '@jest/globals';
import { loopOf } from '../../../../test/made-up-loop.js';
import { boundingBox, type LoopStart, loopFeature } from './geojson.js';

const start: LoopStart = { id: 's1', name: 'Car park', lon: 1.5, lat: 42.5, driveMeters: 1000.4, driveSeconds: 60.6 };

describe('a loop as GeoJSON', () => {
  test('says what it is in round numbers, with links to itself', () => {
    const { properties, bbox, id } = loopFeature(
      loopOf([
        [1.12345678, 42, 1000.26],
        [1.2, 42.1, 1100],
      ]),
      'abc',
      start,
    );
    expect(id).toBe('abc');
    expect(bbox).toEqual([1.123457, 42, 1000.3, 1.2, 42.1, 1100]);
    expect(properties).toMatchObject({
      lengthMeters: 1234.6,
      ascentMeters: 100,
      durationSeconds: 3600,
      trailShare: 0.988,
      difficulty: null,
      trailhead: { driveMeters: 1000, driveSeconds: 61 },
      links: { self: '/v1/loops/abc', gpx: '/v1/loops/abc.gpx' },
    });
  });

  test('has no third coordinate where the height is unknown, and then no heights in its box', () => {
    const { geometry, bbox } = loopFeature(
      loopOf([
        [1, 42, 5],
        [1.1, 42, Number.NaN],
      ]),
      'a',
      start,
    );
    expect(geometry.coordinates).toEqual([
      [1, 42, 5],
      [1.1, 42],
    ]);
    expect(bbox).toEqual([1, 42, 1.1, 42]);
  });

  test('on both sides of the antimeridian has a box that crosses it', () => {
    expect(
      boundingBox([
        [179.9, -16],
        [-179.8, -17],
      ]),
    ).toEqual([179.9, -17, -179.8, -16]);
  });
});
