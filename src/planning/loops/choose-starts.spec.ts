import { describe, expect, test } from '@jest/globals';
import type { ReachableTrailhead } from '../driving/reachable.js';
import type { TrailheadPreparation } from '../network/trailhead-survey.js';
import { chooseStarts } from './choose-starts.js';

/** A trailhead so many kilometres east of the first one, with a drive of so many minutes. */
function at(km: number, minutes: number, about: Partial<TrailheadPreparation> = {}, junction = km): ReachableTrailhead {
  const lonE7 = Math.round((km / 111.195) * 1e7);
  return {
    trailhead: {
      id: `s${km}`,
      name: null,
      lonE7,
      latE7: 0,
      junction,
      junctionLonE7: lonE7,
      junctionLatE7: 0,
      accessMeters: 0,
      preparation: {
        island: false,
        reachableMeters: 1e6,
        approachMeters: 0,
        nearbyMeters: 50_000,
        nearbyTrailShare: 0.8,
        ...about,
      },
    },
    drive: { meters: minutes * 800, seconds: minutes * 60 },
  };
}

const ids = (starts: ReachableTrailhead[]): string[] => starts.map(({ trailhead }) => trailhead.id);

describe('choosing trailheads to plan from', () => {
  test('takes the nearest of equal ones first, then those that lie apart', () => {
    const row = [at(0, 1), at(1, 2), at(2, 3), at(20, 20), at(40, 40)];
    expect(ids(chooseStarts(row, 15_000, 3))).toEqual(['s0', 's20', 's40']);
  });

  test('prefers trails to roads, and the round to a long approach', () => {
    const roads = at(0, 5, { nearbyTrailShare: 0.1 });
    const far = at(20, 5, { approachMeters: 3000 });
    expect(ids(chooseStarts([roads, far, at(40, 6)], 15_000, 1))).toEqual(['s40']);
  });

  test('leaves out islands, those with too little around them, and a second one at a junction', () => {
    const none = [at(0, 1, { island: true }), at(20, 2, { reachableMeters: 14_999 })];
    expect(chooseStarts(none, 15_000, 3)).toEqual([]);
    expect(ids(chooseStarts([at(1, 1, {}, 7), at(2, 2, {}, 7)], 15_000, 3))).toEqual(['s1']);
  });

  test('gives all there are when they are fewer than asked for', () => {
    expect(chooseStarts([at(0, 1), at(5, 2)], 15_000, 6)).toHaveLength(2);
    expect(chooseStarts([], 15_000, 6)).toEqual([]);
  });
});
