import type { FoundLoop } from '../src/planning/loops/answer.js';
import type { Loop } from '../src/planning/planner/loop-request.js';

/** A loop through these points, longitude, latitude and height: nothing else of it agrees with them. */
export function loopOf(points: [number, number, number][], changes: Partial<Loop> = {}): Loop {
  return {
    startJunction: 1,
    steps: new Uint32Array(),
    exits: [],
    coordinates: Float64Array.from(points.flat()),
    lengthMeters: 1234.56,
    ascentMeters: 100.04,
    descentMeters: 100.04,
    ascentAtLeastMeters: 100.04,
    descentAtLeastMeters: 100.04,
    unknownHeightMeters: 0,
    durationSeconds: 3599.6,
    overlapMeters: 0,
    approachMeters: 0,
    trailShare: 0.98765,
    difficulty: 0,
    ungradedMeters: 0,
    names: [],
    followed: null,
    warnings: [],
    score: 0,
    ...changes,
  };
}

/** The same as part of an answer: from a car park a short drive away, in one day. */
export const foundLoopOf = (
  id: string,
  points: [number, number, number][],
  { name = 'Car park', ...changes }: Partial<Loop> & { name?: string } = {},
): FoundLoop => ({
  id,
  loop: loopOf(points, changes),
  start: { id: 's1', name, lon: 1.5, lat: 42.5, driveMeters: 1000.4, driveSeconds: 60.6 },
  days: null,
});
