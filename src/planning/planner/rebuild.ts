import { type Area, headOf } from '../network/area.js';
import { Balls } from './graph/balls.js';
import type { ExitReader } from './id/bytes.js';
import { checksumOf, decodeLoopId, encodeLoopId, exitsOf, MalformedLoopId } from './loop-id.js';
import type { Loop } from './loop-request.js';
import { neverStop, type StopFlag } from './stop.js';
import { describeLoop, isClosedWalk } from './walk/describe.js';
import { exitsAt } from './walk/walk.js';

/**
 * The loop of an id, from the network alone: the planner that once found it has no part in this and may change.
 * @returns null when the network no longer has that walk, or no longer exactly so
 * @throws MalformedLoopId also when the id is not the one that this loop has
 * @throws Cancelled when the flag says so
 */
export function rebuildLoop(area: Area, id: string, stop: StopFlag = neverStop()): Loop | null {
  const decoded = decodeLoopId(id);
  const { startLonE7, startLatE7, request, lengthMeters, stepCount, checksum } = decoded;
  for (let start = 0; start < area.junctionCount; start++) {
    // Two junctions may lie at one place, one on the bridge over the other.
    if (area.junctionLonE7[start] !== startLonE7 || area.junctionLatE7[start] !== startLatE7) continue;
    const steps = follow(area, start, stepCount, exitsOf(decoded));
    if (!steps || !isClosedWalk(area, steps)) continue;
    const from = { area, start, maxDifficulty: request.maxDifficulty, stop };
    const approach = new Balls(from, request.lengthMeters).approachOf(lengthMeters);
    const loop = describeLoop(area, steps, approach, request);
    if (checksumOf(loop.coordinates) !== checksum) continue;
    const own = encodeLoopId(loop, request, decoded.trailhead);
    if (decoded.course !== null && own !== id) throw new MalformedLoopId('a loop id of a loop that has another');
    return loop;
  }
  return null;
}

function follow(area: Area, start: number, stepCount: number, exitsTaken: ExitReader): number[] | null {
  const steps: number[] = [];
  for (let junction = start; steps.length < stepCount; ) {
    const exits = exitsAt(area, junction);
    if (exits.length === 0 || !area.complete[junction]) return null;
    const half = exits[exitsTaken.take(exits.length)];
    steps.push(half);
    junction = headOf(area, half);
  }
  if (!exitsTaken.isDone) throw new MalformedLoopId('a loop id with exits left over');
  return steps;
}
