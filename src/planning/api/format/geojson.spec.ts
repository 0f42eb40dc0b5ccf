import { describe, expect, test } from '@jest/globals';
import { foundLoopOf } from '../../../../test/made-up-loop.js';
import { POINTS_PER_TURN } from '../../network/turns.js';
import { boundingBox, featureText, loopFeature, partsOf } from './geojson.js';
import { gpxDocument } from './gpx.js';

describe('a loop as GeoJSON', () => {
  test('says what it is in round numbers, with links to itself', async () => {
    const { properties, bbox, id } = await loopFeature(
      foundLoopOf('abc', [
        [1.12345678, 42, 1000.26],
        [1.2, 42.1, 1100],
      ]),
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

  test('has no third coordinate where the height is unknown, and then no heights in its box', async () => {
    const { geometry, bbox } = await loopFeature(
      foundLoopOf('a', [
        [1, 42, 5],
        [1.1, 42, Number.NaN],
      ]),
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
        [
          [179.9, -16],
          [-179.8, -17],
        ],
      ]),
    ).toEqual([179.9, -17, -179.8, -16]);
  });

  test('of any length is written while the main loop turns, and is what JSON would make of it', async () => {
    let [points, rests] = [60_000, 0];
    const rest = async (): Promise<void> => void rests++;
    const line = Array.from({ length: points }, (_, i) => [179 + (i % 1_000) / 300, 42, i / 10] as const);
    const feature = await loopFeature(foundLoopOf('long', line as never), rest);
    expect(rests).toBeGreaterThanOrEqual(points / POINTS_PER_TURN);
    points = partsOf(feature.geometry).flat().length;
    rests = 0;
    expect(await featureText(feature, { more: 1 }, rest)).toBe(JSON.stringify({ ...feature, more: 1 }));
    expect(rests).toBeGreaterThanOrEqual(points / POINTS_PER_TURN);
    rests = 0;
    await gpxDocument([feature], { name: 'a', attribution: 'b', dataDate: 'c' }, rest);
    expect(rests).toBeGreaterThanOrEqual(points / POINTS_PER_TURN);
  });
});
