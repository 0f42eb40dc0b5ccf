import { type Area, areaOn } from '../network/area.js';
import { Attempt } from './attempt.js';
import { differing } from './choose-loops.js';
import type { Ball } from './graph/ball.js';
import { Balls } from './graph/balls.js';
import { roundRequest } from './loop-id.js';
import type { LoopRequest, Plan } from './loop-request.js';
import { isAnswer, missOf, type Nearest } from './miss.js';
import { type StopFlag, throwIfCancelled } from './stop.js';

/**
 * Loops of the requested length from a junction, best first, each sharing less than half its length with the others. The
 * same on every machine for the same network and request, unless the flag cut the search short (`truncated`).
 * @param junction where to start, by its number in the region
 * @throws RangeError when the area has no such junction
 * @throws Cancelled when the flag says so
 */
export function planLoops(undated: Area, junction: number, asked: LoopRequest, stop: StopFlag): Plan {
  const request = roundRequest(asked);
  const area = areaOn(undated, request.date);
  const start = area.junctionIndex.get(junction);
  if (start < 0) throw new RangeError(`junction ${junction} is not in the area`);
  const plan: Plan = { loops: [], miss: null, truncated: false, settledNodes: 0 };
  const from = { area, start, maxDifficulty: request.maxDifficulty, stop };
  const balls = new Balls(from, request.lengthMeters);
  let attempt = attemptIn(balls.narrow, balls, request);
  let found = attempt.found;
  if (!plan.truncated && !attempt.hasFair) {
    // Perhaps a loop that is somewhat longer goes where one of that length cannot.
    attempt = attemptIn(balls.wide, balls, request, attempt.settled);
    found = differing([...found, ...attempt.found], request.count);
  }
  const answers = found.filter((chosen) => isAnswer(chosen, request));
  // With what the direction costs, so that loops from several starts can be ranked together.
  plan.loops = answers.map(({ loop, rank }) => ({ ...loop, score: rank }));
  if (answers.length === 0) {
    const { ball, cores, isComplete } = attempt;
    plan.miss = missOf({ from, request, ball, cores, isComplete, found, lookFor });
  }
  return plan;

  function attemptIn(ball: Ball, of: Balls, wanted: LoopRequest, spent = 0): Attempt {
    throwIfCancelled(stop);
    const made = new Attempt({ area, request: wanted, stop, balls: of }, ball, spent).run();
    plan.settledNodes += made.settled;
    plan.truncated ||= made.truncated;
    return made;
  }

  /** Only the nearest loop is told, so one is enough. */
  function lookFor(lengthMeters: number): Nearest {
    if (plan.truncated) return [];
    const others = new Balls(from, lengthMeters);
    const { found: nearest } = attemptIn(others.narrow, others, { ...request, lengthMeters, count: 1 });
    return nearest.map(({ loop }) => ({ lengthMeters: loop.lengthMeters, ascentMeters: loop.ascentMeters }));
  }
}
