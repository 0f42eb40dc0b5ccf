import type { Area } from '../../network/area.js';
import { roundRequest } from '../loop-id.js';
import type { Loop, LoopRequest, Plan } from '../loop-request.js';
import { Approaches, type Ball, findBall } from './ball.js';
import { stepsOf } from './candidate.js';
import { type Chosen, chooseLoops, differing } from './choose-loops.js';
import { type Core, findCores, joined } from './cores.js';
import { describeLoop } from './describe.js';
import { isAnswer, missOf, type Nearest } from './miss.js';
import { type PlanningGraph, planningGraph } from './planning-graph.js';
import { Search } from './search.js';
import { type StopFlag, throwIfCancelled } from './stop.js';
import { Paths, SearchEnded } from './trees.js';
import {
  ASCENT_BUDGET_BASE,
  BUDGET_BASE,
  BUDGET_PER_NODE,
  CORES_TRIED,
  ENUMERATION_EDGES,
  LENGTH_MISSED,
  LENGTH_OFF,
  LONG_APPROACH_SHARE,
  OVERLAP_OFF,
} from './weights.js';

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
  const plan: Plan = { loops: [], miss: null, truncated: false, settledNodes: 0 };
  const approaches = new Approaches(area, start, request);
  let attempt = attemptIn(findBall(area, start, request.lengthMeters, request.maxDifficulty));
  if (!plan.truncated && !attempt.found.some(({ loop }) => isGood(loop, request))) {
    // Perhaps a loop that is somewhat longer goes where one of that length cannot.
    const wide = attemptIn(findBall(area, start, request.lengthMeters, request.maxDifficulty, LENGTH_MISSED));
    attempt = { ...wide, found: differing([...attempt.found, ...wide.found], request.count) };
  }
  const answers = attempt.found.filter((chosen) => isAnswer(chosen, request));
  // With what the direction costs, so that loops from several starts can be ranked together.
  plan.loops = answers.map(({ loop, rank }) => ({ ...loop, score: rank }));
  if (answers.length === 0) plan.miss = missOf({ area, start, request, ...attempt, lookFor });
  return plan;

  /** Only the nearest loop is told, so one is enough. */
  function lookFor(lengthMeters: number): Nearest {
    const ball = findBall(area, start, lengthMeters, request.maxDifficulty);
    const other: LoopRequest = { ...request, lengthMeters, count: 1 };
    if (plan.truncated) return [];
    const found = findCores(ball)
      .filter(({ mostMeters }) => mostMeters >= lengthMeters * (1 - LENGTH_MISSED))
      .slice(0, 1)
      .flatMap((core) => {
        const one = planInCore(
          area,
          ball,
          core,
          other,
          stop,
          new Approaches(area, start, other),
          budgetFor(ball, other),
        );
        plan.settledNodes += one.settled;
        plan.truncated ||= one.truncated;
        return one.chosen;
      });
    return found.map(({ loop }) => ({ lengthMeters: loop.lengthMeters, ascentMeters: loop.ascentMeters }));
  }

  function attemptIn(ball: Ball): { ball: Ball; cores: Core[]; found: Chosen[]; isComplete: boolean } {
    throwIfCancelled(stop);
    const cores = findCores(ball);
    const budget = budgetFor(ball, request) - plan.settledNodes;
    let found: Chosen[] = [];
    let isComplete = true;
    let settled = ball.nodeCount;
    for (const core of coresWorthTrying(cores, request.lengthMeters)) {
      const one = planInCore(area, ball, core, request, stop, approaches, budget - settled);
      settled += one.settled;
      plan.truncated ||= one.truncated;
      isComplete &&= one.isComplete;
      found = differing([...found, ...one.chosen], request.count);
      if (plan.truncated || (found.length >= request.count && found.every(({ loop }) => isGood(loop, request)))) break;
    }
    if (!plan.truncated && cores.length > 1 && !found.some(({ loop }) => isGood(loop, request))) {
      // Where no single part will do, several may: a round in one, over a bridge, a round in the next.
      const one = planInCore(area, ball, joined(cores), request, stop, approaches, Math.max(0, budget - settled));
      settled += one.settled;
      plan.truncated ||= one.truncated;
      isComplete &&= one.isComplete;
      found = differing([...found, ...one.chosen], request.count);
    }
    plan.settledNodes += settled;
    return { ball, cores, found, isComplete };
  }
}

const lengthOff = (loop: Loop, { lengthMeters }: LoopRequest): number => loop.lengthMeters / lengthMeters - 1;

function budgetFor(ball: Ball, { minAscentMeters, maxAscentMeters }: LoopRequest): number {
  const wantsAscent = minAscentMeters !== null || maxAscentMeters !== null;
  return (wantsAscent ? ASCENT_BUDGET_BASE : BUDGET_BASE) + BUDGET_PER_NODE * ball.nodeCount;
}

/** Cores with room for a loop of that length: those that are not mere side rooms first, the nearest of them first. */
function coresWorthTrying(cores: Core[], lengthMeters: number): Core[] {
  const roomy = cores.filter(({ mostMeters }) => mostMeters >= lengthMeters * (1 - LENGTH_MISSED));
  const around = ({ approachMeters }: Core): number => lengthMeters - 2 * approachMeters;
  const large = roomy.filter((core) => core.ownMeters >= around(core));
  const others = roomy.filter((core) => !large.includes(core));
  return [...large, ...others.sort((a, b) => b.ownMeters - a.ownMeters)].slice(0, CORES_TRIED);
}

const isGood = (loop: Loop, request: LoopRequest): boolean =>
  Math.abs(lengthOff(loop, request)) <= LENGTH_OFF &&
  loop.overlapMeters <= OVERLAP_OFF * loop.lengthMeters &&
  loop.approachMeters <= LONG_APPROACH_SHARE * loop.lengthMeters;

interface Found {
  chosen: Chosen[];
  settled: number;
  truncated: boolean;
  /** Every closed walk without repetition was tried. */
  isComplete: boolean;
}

function planInCore(
  area: Area,
  ball: Ball,
  core: Core,
  request: LoopRequest,
  stop: StopFlag,
  approaches: Approaches,
  budget: number,
): Found {
  throwIfCancelled(stop);
  const graph: PlanningGraph = planningGraph(area, ball, core.keep(), request.seed);
  const paths = new Paths(graph, stop, budget);
  const search = new Search(area, graph, request, paths, core.approachMeters);
  let isComplete = false;
  try {
    paths.lookUp();
    if (graph.edgeCount <= ENUMERATION_EDGES) isComplete = search.enumerate();
    search.run();
    search.refine();
  } catch (error) {
    if (!(error instanceof SearchEnded)) throw error;
  }
  const chosen = chooseLoops(search, request, (candidate) => {
    const steps = stepsOf(graph, candidate.walk);
    const approach = approaches.of(candidate.lengthMeters);
    const walked = steps.map((half) => half >> 1).filter((segment) => !approach[segment]);
    return {
      loop: describeLoop(area, steps, approach, request),
      meters: new Map(walked.map((segment) => [area.segmentId[segment], area.lengthMeters[segment]])),
    };
  });
  return { chosen, settled: paths.settled, truncated: paths.truncated, isComplete };
}
