import { type Area, headOf } from '../network/area.js';
import { Balls } from './graph/balls.js';
import { checksumOf, decodeLoopId } from './loop-id.js';
import type { Loop } from './loop-request.js';
import { neverStop } from './stop.js';
import { describeLoop, isClosedWalk } from './walk/describe.js';
import { exitsAt } from './walk/walk.js';

/**
 * The loop of an id, from the network alone: the planner that once found it has no part in this and may change.
 * @returns null when the network no longer has that walk, or no longer exactly so
 * @throws MalformedLoopId
 */
export function rebuildLoop(area: Area, id: string): Loop | null {
  const decoded = decodeLoopId(id);
  const { startLonE7, startLatE7, request, lengthMeters, stepCount, checksum } = decoded;
  for (let start = 0; start < area.junctionCount; start++) {
    // Two junctions may lie at one place, one on the bridge over the other.
    if (area.junctionLonE7[start] !== startLonE7 || area.junctionLatE7[start] !== startLatE7) continue;
    const steps = follow(area, start, stepCount, decoded.exits());
    if (!steps || !isClosedWalk(area, steps)) continue;
    const from = { area, start, maxDifficulty: request.maxDifficulty, stop: neverStop() };
    const approach = new Balls(from, request.lengthMeters).approachOf(lengthMeters);
    const loop = describeLoop(area, steps, approach, request);
    if (checksumOf(loop.coordinates) === checksum) return loop;
  }
  return null;
}

function follow(area: Area, start: number, stepCount: number, take: (of: number) => number): number[] | null {
  const steps: number[] = [];
  for (let junction = start; steps.length < stepCount; ) {
    const exits = exitsAt(area, junction);
    if (exits.length === 0 || !area.complete[junction]) return null;
    const half = exits[take(exits.length)];
    steps.push(half);
    junction = headOf(area, half);
  }
  return steps;
}
