import { expect, test } from '@jest/globals';
import { at } from '../../../test/networks.js';
import { buildNetwork } from './build-network.js';
import { surveyTrailheads } from './trailhead-survey.js';

const trailhead = (id: string, junction: number) => ({ id, name: null, lonE7: 0, latE7: 0, junction, accessMeters: 0 });

/** A square of 1 km a side with a dead end of 300 m to the west, and 10 km to the east two segments that meet. */
const network = buildNetwork(
  [at(-300, 0), at(0, 0), at(1000, 0), at(1000, 1000), at(0, 1000), at(10_000, 0), at(11_000, 0), at(11_000, 500)],
  [
    { from: 0, to: 1 },
    { from: 1, to: 2, kind: 'residential' },
    { from: 2, to: 3 },
    { from: 3, to: 4 },
    { from: 4, to: 1 },
    { from: 5, to: 6 },
    { from: 6, to: 7 },
  ],
);

test('a trailhead in the core has no approach, one at the end of a dead end has it, a tree is an island', () => {
  const found = surveyTrailheads(network, [trailhead('n1', 2), trailhead('n2', 0), trailhead('n3', 6)]);
  expect(found.get('n1')).toMatchObject({ island: false, approachMeters: 0, nearbyTrailShare: 0.75 });
  expect(found.get('n2')).toMatchObject({ island: false, approachMeters: 300 });
  expect(found.get('n3')).toEqual({
    island: true,
    approachMeters: 0,
    reachableMeters: 0,
    nearbyMeters: 0,
    nearbyTrailShare: 0,
  });
  for (const id of ['n1', 'n2']) {
    expect(found.get(id)!.reachableMeters / 4_000).toBeCloseTo(1, 2);
    expect(found.get(id)!.nearbyMeters / 4_000).toBeCloseTo(1, 2);
  }
});
