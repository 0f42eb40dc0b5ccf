import { expect, test } from '@jest/globals';
import { assembleArea } from '../network/area.js';
import { drawGrid } from '../network/build-network.js';
import { toShared } from '../network/columns.js';
import { prepareRegion } from '../network/prepare.js';
import { openTile } from '../network/tile.js';
import { encodeLoopId, MalformedLoopId } from './loop-id.js';
import { plainRequest } from './loop-request.js';
import { planLoops } from './plan.js';
import { rebuildLoop } from './rebuild.js';
import { neverStop } from './stop.js';

const request = plainRequest(6_000, { minAscentMeters: 100, maxAscentMeters: 2_000 });

const areaOf = (network = drawGrid(24, 24, 250)) =>
  assembleArea(prepareRegion({ network, trailheads: [] }).tiles.map(({ body }) => openTile(toShared(body))));

test('a loop is rebuilt from its id with all that was said of it', () => {
  const area = areaOf();
  const { loops } = planLoops(area, 300, request, neverStop());
  expect(loops.length).toBeGreaterThan(0);
  for (const loop of loops) {
    const id = encodeLoopId(loop, request, 'n12345');
    expect(id).toMatch(/^[\w-]{40,400}$/);
    expect(rebuildLoop(area, id)).toEqual(loop);
  }
});

test('an id of data that has changed finds nothing', () => {
  const [loop] = planLoops(areaOf(), 300, request, neverStop()).loops;
  const moved = drawGrid(24, 24, 250);
  const segment = loop.steps[3] >> 1;
  for (let p = moved.pointOffset[segment]; p < moved.pointOffset[segment + 1]; p++) moved.pointElevation[p] += 1;
  expect(rebuildLoop(areaOf(moved), encodeLoopId(loop, request, null))).toBeNull();
});

test.each(['', 'AAAA', '%%%', 'AQA'])('text that is no id (%s) is called malformed', (id) => {
  expect(() => rebuildLoop(areaOf(drawGrid(2, 2, 100)), id)).toThrow(MalformedLoopId);
});

test('text longer than any id is refused before it is decoded', () => {
  expect(() => rebuildLoop(areaOf(drawGrid(2, 2, 100)), 'A'.repeat(3_000))).toThrow(MalformedLoopId);
});
