import { assembleArea } from '../../network/area.js';
import { drawGrid } from '../../network/build-network.js';
import { toShared } from '../../network/columns.js';
import { prepareRegion } from '../../network/prepare.js';
import { openTile } from '../../network/tile.js';
import { type LoopRequest, plainRequest } from '../loop-request.js';
import { planLoops } from '../plan.js';
import { neverStop } from '../stop.js';

const REQUESTS: LoopRequest[] = [
  // So small that every walk is tried.
  plainRequest(2_000),
  plainRequest(8_000),
  { ...plainRequest(15_000), directionDegrees: 90 },
  { ...plainRequest(15_000), minAscentMeters: 900, maxAscentMeters: 1_200 },
];

/**
 * Lets the planner run on a made-up network until its code is compiled: the first plan of a cold thread takes ten times as
 * long.
 */
export function warmUp(): void {
  const { tiles } = prepareRegion({ network: drawGrid(30, 30, 300), trailheads: [] });
  const area = assembleArea(tiles.map(({ body }) => openTile(toShared(body))));
  for (let round = 0; round < 4; round++) {
    for (const request of REQUESTS) planLoops(area, 465 + round, { ...request, seed: round }, neverStop());
  }
}
