import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Stay } from '../../network/region.js';
import { metersAlong, type Stop, splitDays, stopsBeside } from './split-days.js';

const stay = (id: number, lonE7 = 0, latE7 = 0): Stay => ({
  id: `n${id}`,
  name: null,
  kind: 'alpine_hut',
  lonE7,
  latE7,
});

const stopAt = (alongMeters: number, offMeters = 0, id = alongMeters): Stop => ({
  stay: stay(id),
  point: 0,
  alongMeters,
  offMeters,
});

/** Lengths of the days that nights at these stops make. */
function daysOf(stops: Stop[], total: number): number[] {
  const ends = [{ alongMeters: 0, offMeters: 0 }, ...stops, { alongMeters: total, offMeters: 0 }];
  return ends.slice(1).map((end, i) => end.alongMeters - ends[i]!.alongMeters + ends[i]!.offMeters + end.offMeters);
}

describe('cutting a loop into days', () => {
  test('takes the places that make the days most even', async () => {
    const stops = [stopAt(14_000), stopAt(17_000), stopAt(19_000), stopAt(33_000), stopAt(36_000)];
    const { stops: chosen } = await splitDays(stops, 51_000, { days: 3, perDay: { min: 14_000, max: 20_000 } });
    expect(chosen!.map(({ alongMeters }) => alongMeters)).toEqual([17_000, 33_000]);
  });

  test('counts the way to the place and back on both days', async () => {
    const perDay = { min: 9_000, max: 10_000 };
    expect((await splitDays([stopAt(9_800, 150)], 19_600, { days: 2, perDay })).stops).not.toBeNull();
    expect((await splitDays([stopAt(9_800, 250)], 19_600, { days: 2, perDay })).stops).toBeNull();
  });

  test('says where a place to sleep is missing', async () => {
    const wish = { days: 3, perDay: { min: 14_000, max: 20_000 } };
    expect((await splitDays([stopAt(15_000)], 51_000, wish)).missing).toContain(
      'between 29.0 and 35.0 km of the way, where day 2',
    );
    expect((await splitDays([], 51_000, wish)).missing).toContain('between 14.0 and 20.0 km of the way, where day 1');
    expect((await splitDays([stopAt(14_000), stopAt(28_000)], 51_000, wish)).missing).toContain('last day');
  });

  test('finds, among any places, a cut that is as even as any there is', async () => {
    const places = fc.array(fc.record({ at: fc.integer({ min: 0, max: 30 }), off: fc.integer({ min: 0, max: 2 }) }), {
      maxLength: 8,
    });
    const window = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 15 }));
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 2, max: 4 }), window, async (found, days, [min, width]) => {
        const stops = found.map(({ at, off }, i) => stopAt(at, off, i)).sort((a, b) => a.alongMeters - b.alongMeters);
        const perDay = { min, max: min + width };
        const cost = (lengths: number[]) => lengths.reduce((sum, length) => sum + (length - 30 / days) ** 2, 0);
        let best = Infinity;
        const tryAll = (chosen: Stop[], from: number): void => {
          if (chosen.length === days - 1) {
            const lengths = daysOf(chosen, 30);
            if (lengths.every((length) => length >= perDay.min && length <= perDay.max))
              best = Math.min(best, cost(lengths));
            return;
          }
          for (let i = from; i < stops.length; i++) tryAll([...chosen, stops[i]!], i + 1);
        };
        tryAll([], 0);
        const split = await splitDays(stops, 30, { days, perDay });
        if (best === Infinity) expect(split.missing).toBeTruthy();
        else expect(cost(daysOf(split.stops!, 30))).toBeCloseTo(best, 6);
      }),
    );
  });
});

test('a hut is met each time that the loop comes by, at the point nearest to it', async () => {
  // Out to the east and back a little further north, past a hut that stands 3 km from the start.
  const out = Array.from({ length: 60 }, (_, i) => [i / 1000, 0, 0]);
  const back = Array.from({ length: 60 }, (_, i) => [(59 - i) / 1000, 0.002, 0]);
  const coordinates = Float64Array.from([...out, ...back, out[0]!].flat());
  const along = metersAlong(coordinates);
  const stops = await stopsBeside(coordinates, along, [stay(1, 270_000, 0), stay(2, 270_000, 900_000)]);
  expect(stops.map(({ point }) => point)).toEqual([27, 92]);
  expect(stops[0]!.offMeters).toBeCloseTo(0, 3);
  expect(stops[0]!.alongMeters).toBeCloseTo(3002, -1);
  expect(stops[1]!.offMeters).toBeCloseTo(222, 0);
});

test('with a place to sleep at every corner the main loop turns all the while', async () => {
  let rests = 0;
  const rest = async (): Promise<void> => void rests++;
  const points = 20_000;
  const coordinates = Float64Array.from({ length: 3 * points }, (_, i) => (i % 3 === 0 ? i / 3e5 : 0));
  const along = metersAlong(coordinates);
  const stays = Array.from({ length: 100 }, (_, i) => stay(i, 20_000 * i, 0));
  const stops = await stopsBeside(coordinates, along, stays, rest);
  expect(stops).toHaveLength(100);
  expect(rests).toBeGreaterThanOrEqual((points * stays.length) / 70_000);
  rests = 0;
  const crowd = Array.from({ length: 1_000 }, (_, i) => stopAt(10 * i, 0, i));
  await splitDays(crowd, 10_000, { days: 4, perDay: { min: 1_000, max: 9_000 } }, rest);
  expect(rests).toBeGreaterThanOrEqual(3 * 9);
});
