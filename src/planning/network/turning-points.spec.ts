import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildNetwork } from './build-network.js';
import { AscentMeter, turningPoints } from './turning-points.js';

/** @param profile in metres */
function ascent(profile: number[]): { up: number; down: number } {
  const meter = new AscentMeter();
  meter.start();
  for (const meters of profile) meter.add(meters * 2);
  meter.finish();
  return { up: meter.ascentMeters, down: meter.descentMeters };
}

test.each<[string, number[], number, number]>([
  ['a long even rise in small steps counts whole', [100, 104, 108, 112, 116, 120], 20, 0],
  ['swings under 10 m count for nothing', [100, 109, 100, 109, 100], 0, 0],
  ['a dip under 10 m in a rise takes nothing from it', [100, 130, 125, 160], 60, 0],
  ['a dip of 10 m counts both ways', [100, 130, 120, 160], 70, 10],
  ['a small fall before a rise belongs to the rise', [100, 95, 120], 25, 0],
  ['nothing is a profile too', [], 0, 0],
])('%s', (_, profile, up, down) => {
  expect(ascent(profile)).toEqual({ up, down });
});

test('walked backwards, ascent and descent change places', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }), (profile) => {
      const there = ascent(profile);
      const back = ascent([...profile].reverse());
      expect(back).toEqual({ up: there.down, down: there.up });
    }),
  );
});

test('turning points give the ascent of the whole profile to within a swing at each end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 60 }), (profile) => {
      const course = profile.map((meters, i): [number, number, number] => [1.5 + i / 10_000, 42.5, 1000 + meters]);
      const network = buildNetwork(
        [course[0], course[course.length - 1]],
        [{ from: 0, to: 1, between: course.slice(1, -1) }],
      );
      const { turnElevation } = turningPoints(network);
      expect(turnElevation.length).toBeLessThanOrEqual(profile.length);
      const whole = ascent(profile);
      const short = ascent([...turnElevation].map((half) => half / 2));
      expect(Math.abs(whole.up - short.up)).toBeLessThanOrEqual(6);
      expect(Math.abs(whole.down - short.down)).toBeLessThanOrEqual(6);
    }),
  );
});

test('a segment with an unknown elevation has no turning points', () => {
  const network = buildNetwork(
    [
      [1.5, 42.5, 1000],
      [1.51, 42.5, 1100],
    ],
    [{ from: 0, to: 1, between: [[1.505, 42.5]] }],
  );
  expect([...turningPoints(network).turnOffset]).toEqual([0, 0]);
});
