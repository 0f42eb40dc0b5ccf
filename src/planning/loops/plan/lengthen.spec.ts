import { expect, test } from '@jest/globals';
import { areaOf, at } from '../../../../test/networks.js';
import type { Area } from '../../network/area.js';
import { buildNetwork, type DrawnSegment } from '../../network/build-network.js';
import { plainRequest } from '../loop-request.js';
import { planLoops } from './plan.js';
import { neverStop } from './stop.js';

const ACROSS = 16;

/** Streets 100 m apart, 1.5 km across, every seventh stretch of them missing. */
function town(): Area {
  const junctions = Array.from({ length: ACROSS * ACROSS }, (_, i) =>
    at(100 * (i % ACROSS) + ((7 * i) % 11), 100 * Math.floor(i / ACROSS) + ((5 * i) % 13)),
  );
  const streets: DrawnSegment[] = [];
  for (let i = 0; i < junctions.length; i++) {
    if (i % ACROSS < ACROSS - 1 && i % 7 > 0) streets.push({ from: i, to: i + 1 });
    if (i + ACROSS < junctions.length && i % 7 !== 3) streets.push({ from: i, to: i + ACROSS });
  }
  return areaOf(buildNetwork(junctions, streets));
}

test.each([4, 6, 8, 10, 12])('in a town of streets 1.5 km across a loop of %i km is found all the same', (km) => {
  const asked = plainRequest(1000 * km);
  const { loops } = planLoops(town(), (ACROSS * ACROSS) / 2 + 3, asked, neverStop());
  expect(loops.length).toBeGreaterThan(0);
  expect(Math.abs(loops[0].lengthMeters / asked.lengthMeters - 1)).toBeLessThan(0.005);
  expect(loops[0].overlapMeters / asked.lengthMeters).toBeLessThan(0.05);
});
