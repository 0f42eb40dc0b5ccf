import type { Area } from '../../network/area.js';
import { roundRequest } from '../loop-id.js';
import type { Loop, LoopRequest, Miss, Plan } from '../loop-request.js';
import { approachSegments, type Ball, findBall } from './ball.js';
import { type Candidate, Judge, stepsOf } from './candidate.js';
import { type Core, findCores } from './cores.js';
import { describeLoop } from './describe.js';
import { planningGraph } from './planning-graph.js';
import type { CandidatePool } from './pool.js';
import { Search } from './search.js';
import type { StopFlag } from './stop.js';
import { Paths, SearchEnded } from './trees.js';
import { BUDGET_SETTLED_NODES, LENGTH_MISSED } from './weights.js';

/**
 * Loops of the requested length from a junction, best first, each sharing less than half its length with the others. The
 * same on every machine for the same network and request, unless the flag cut the search short (`truncated`).
 * @param junction where to start, by its number in the region
 * @throws RangeError when the area has no such junction
 * @throws Cancelled when the flag says so
 */
export function planLoops(area: Area, junction: number, asked: LoopRequest, stop: StopFlag): Plan {
  const request = roundRequest(asked);
  const start = area.junctionIndex.get(junction);
  if (start < 0) throw new RangeError(`junction ${junction} is not in the area`);
  const ball = findBall(area, start, request.lengthMeters, request.maxDifficulty);
  const approach = approachSegments(area, ball);
  const cores = findCores(ball).filter(({ mostMeters }) => mostMeters >= request.lengthMeters * (1 - LENGTH_MISSED));
  const plan: Plan = { loops: [], miss: null, truncated: false, settledNodes: ball.nodeCount };
  for (const core of coresWorthTrying(cores, request.lengthMeters)) {
    const found = planInCore(area, ball, core, request, stop, approach);
    plan.loops.push(...found.loops);
    plan.settledNodes += found.settled;
    plan.truncated ||= found.truncated;
    if (found.loops.length >= request.count || plan.truncated) break;
  }
  plan.loops.sort((a, b) => a.score - b.score);
  plan.loops.length = Math.min(plan.loops.length, request.count);
  if (plan.loops.length === 0) plan.miss = missOf(ball, cores);
  return plan;
}

/** The nearest core with room for several loops, then the others. */
function coresWorthTrying(cores: Core[], lengthMeters: number): Core[] {
  const roomy = cores.filter(({ mostMeters }) => mostMeters >= 2 * lengthMeters);
  return [...roomy, ...cores.filter((core) => !roomy.includes(core))].slice(0, 3);
}

function planInCore(
  area: Area,
  ball: Ball,
  core: Core,
  request: LoopRequest,
  stop: StopFlag,
  approach: Uint8Array,
): { loops: Loop[]; settled: number; truncated: boolean } {
  const graph = planningGraph(area, ball, core.keep(), request.seed);
  const paths = new Paths(graph, stop, BUDGET_SETTLED_NODES);
  const search = new Search(area, graph, request, paths, core.approachMeters);
  try {
    search.run();
  } catch (error) {
    if (!(error instanceof SearchEnded)) throw error;
  }
  const describe = (candidate: Candidate): Loop =>
    describeLoop(area, stepsOf(graph, candidate.walk), approach, request);
  const judge = new Judge(area, graph, request);
  return {
    loops: chooseLoops(search.pool, request, describe, judge),
    settled: paths.settled,
    truncated: paths.truncated,
  };
}

/**
 * The best walks that differ, measured exactly: only a walk about to be chosen is looked at in its geometry, and takes its
 * place again by what that says.
 */
function chooseLoops(
  pool: CandidatePool,
  request: LoopRequest,
  describe: (candidate: Candidate) => Loop,
  judge: Judge,
): Loop[] {
  const exact = new Map<Candidate, Loop>();
  for (;;) {
    const best = pool.best(request.count, Number.POSITIVE_INFINITY);
    const open = best.filter((candidate) => !exact.has(candidate));
    if (open.length === 0) return best.map((candidate) => exact.get(candidate)!);
    for (const candidate of open) {
      const loop = describe(candidate);
      loop.score += judge.directionOf(candidate.walk);
      candidate.score = loop.score;
      exact.set(candidate, loop);
    }
  }
}

function missOf(ball: Ball, cores: Core[]): Miss {
  if (cores.length === 0) {
    return ball.sealed
      ? { reason: 'island', detail: 'every way from here is a dead end', nearest: [] }
      : { reason: 'too-small', detail: 'there are only dead ends within half that length', nearest: [] };
  }
  return { reason: 'not-found', detail: 'no loop of about that length was found', nearest: [] };
}
