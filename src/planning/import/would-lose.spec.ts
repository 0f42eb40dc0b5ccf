import { expect, test } from '@jest/globals';
import { whatItWouldLose } from './would-lose.js';

const counts = {
  ...{ junctions: 900, segments: 1_200, trailMeters: 100_000, roadMeters: 50_000 },
  ...{ trailheads: 20, places: 40, stays: 4 },
};

test.each([
  [{}, null],
  [{ trailMeters: 50_000, roadMeters: 25_000 }, null],
  [{ trailMeters: 900_000, trailheads: 10, places: 20 }, null],
  [{ trailMeters: 50_000, roadMeters: 24_000 }, '74 km of ways instead of 150 km'],
  [{ trailMeters: 40_000, roadMeters: 90_000 }, '40 km of trails instead of 100 km'],
  [{ trailheads: 9 }, '9 trailheads instead of 20'],
  [{ places: 0 }, '0 places instead of 40'],
  // Of four huts one may close three.
  [{ stays: 1 }, null],
])('a region that is to have %o would lose: %s', (now, loss) => {
  const older = { counts, hasElevation: false };
  expect(whatItWouldLose(older, { ...older, counts: { ...counts, ...now } })).toBe(loss);
});

test.each([
  [true, false, 'no ascents, which it has now (--elevation FOLDER gives them)'],
  [true, true, null],
  [false, true, null],
])('a region that has elevation: %s and is to have it: %s would lose: %s', (had, has, loss) => {
  expect(whatItWouldLose({ counts, hasElevation: had }, { counts, hasElevation: has })).toBe(loss);
});
