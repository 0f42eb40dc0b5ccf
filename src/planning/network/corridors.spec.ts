import { expect, test } from '@jest/globals';
import { buildNetwork } from './build-network.js';
import { corridorPairs } from './corridors.js';

const METER = 1 / 111_195;
/** Two straight ways to the east, the second so many metres to the north of the first and turned by some degrees. */
const sideBySide = (meters: number, degrees = 0, lon = 10) => {
  const far = lon + 500 * METER;
  const end = far > 180 ? far - 360 : far;
  return buildNetwork(
    [
      [lon, 0],
      [end, 0],
      [lon, meters * METER],
      [end, (meters + 500 * Math.tan((degrees * Math.PI) / 180)) * METER],
    ],
    [
      { from: 0, to: 1 },
      { from: 3, to: 2 },
    ],
  );
};

test.each([
  ['20 m apart, beside each other all the way', sideBySide(20), 500, 500],
  ['30 m apart, never', sideBySide(30), 0, 0],
  ['parting at 45°, never', sideBySide(0, 45), 0, 0],
  ['either side of the equator at the far end of the earth', sideBySide(15, 0, 179), 500, 500],
  ['over the antimeridian, beside each other all the way', sideBySide(15, 0, 179.998), 500, 500],
])('%s', (_, network, one, other) => {
  const { besideOffset, besideSegment, besideMeters } = corridorPairs(network);
  expect(besideOffset[1] > 0 ? besideSegment[0] : 1).toBe(1);
  expect(besideOffset[1] > 0 ? besideMeters[0] : 0).toBeCloseTo(one, -1);
  expect(besideOffset[2] > besideOffset[1] ? besideMeters[besideOffset[1]] : 0).toBeCloseTo(other, -1);
});

test('a way is not beside its own continuation past a junction', () => {
  const network = buildNetwork(
    [
      [10, 45],
      [10.003, 45],
      [10.006, 45],
    ],
    [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ],
  );
  expect(corridorPairs(network).besideSegment).toHaveLength(0);
});
