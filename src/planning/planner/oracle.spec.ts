import { expect, test } from '@jest/globals';
import { areaOf, at } from '../../../test/networks.js';
import { type Area, headOf, isWalkable } from '../network/area.js';
import { buildNetwork, type DrawnSegment } from '../network/build-network.js';
import { isTrail } from '../network/network.js';
import { findBall } from './graph/ball.js';
import { Balls } from './graph/balls.js';
import { edgesOf, findCores } from './graph/cores.js';
import { noise, planningGraph } from './graph/planning-graph.js';
import { plainRequest } from './loop-request.js';
import { planLoops } from './plan.js';
import { Search } from './search/search.js';
import { Paths, SearchEnded } from './search/trees.js';
import { newWorkspace } from './search/workspace.js';
import { neverStop } from './stop.js';
import { describeLoop } from './walk/describe.js';

/** A network of up to 14 junctions, each joined to some of those near it; and a length that may or may not exist. */
function riddle(number: number): { area: Area; lengthMeters: number } {
  let drawn = 0;
  const random = (): number => noise(number + 1, drawn++);
  const count = 5 + Math.floor(10 * random());
  const places = Array.from({ length: count }, () => [2_000 * random(), 2_000 * random()]);
  const segments: DrawnSegment[] = [];
  for (let from = 0; from < count; from++) {
    const near = places
      .map(([x, y], to) => ({ to, far: Math.hypot(x - places[from][0], y - places[from][1]) }))
      .filter(({ to }) => to !== from)
      .sort((a, b) => a.far - b.far);
    for (const { to } of near.slice(0, 1 + Math.floor(3 * random()))) {
      const isNew = !segments.some((other) => other.from === to && other.to === from);
      if (isNew) segments.push({ from, to, kind: random() < 0.25 ? 'residential' : 'path' });
    }
  }
  const area = areaOf(
    buildNetwork(
      places.map(([x, y]) => at(x, y, 1_000)),
      segments,
    ),
  );
  const all = area.lengthMeters.reduce((sum, meters) => sum + meters, 0);
  return { area, lengthMeters: Math.round(all * (0.25 + 0.5 * random())) };
}

const ballsOf = (area: Area, lengthMeters: number): Balls =>
  new Balls({ area, start: 0, maxDifficulty: null, stop: neverStop() }, lengthMeters);

/**
 * Every closed walk from junction 0 of about the length that repeats nothing but its approach, does not turn round on the
 * spot and goes out to one place only: all there are, tried one after the other over the segments themselves.
 */
function everyLoop(area: Area, lengthMeters: number): { steps: number[]; bound: number }[] {
  const approach = ballsOf(area, lengthMeters).approachOf(1.1 * lengthMeters);
  const walks: { steps: number[]; bound: number }[] = [];
  const steps: number[] = [];
  const times = new Uint8Array(area.segmentCount);
  const go = (junction: number, meters: number, road: number, isReturning: boolean): void => {
    if (junction === 0 && Math.abs(meters / lengthMeters - 1) <= 0.1) {
      // What overlap and roundness leave of the score at best.
      const bound = 10 * Math.abs(meters / lengthMeters - 1) + (0.2 * road) / meters - 0.06;
      if (!steps.every((half) => approach[half >> 1])) walks.push({ steps: [...steps], bound });
    }
    for (let k = area.exitOffset[junction]; k < area.exitOffset[junction + 1]; k++) {
      const half = area.exits[k];
      const segment = half >> 1;
      const length = area.lengthMeters[segment];
      if (!isWalkable(area, half) || meters + length > 1.1 * lengthMeters) continue;
      if (steps[steps.length - 1] === (half ^ 1)) continue;
      if (times[segment] > 0 && !(approach[segment] && times[segment] === 1 && !steps.includes(half))) continue;
      if (approach[segment] && times[segment] === 0 && isReturning) continue;
      times[segment]++;
      steps.push(half);
      const returns = isReturning || (approach[segment] === 1 && times[segment] === 2);
      go(headOf(area, half), meters + length, road + (isTrail(area.kind[segment]) ? 0 : length), returns);
      steps.pop();
      times[segment]--;
    }
  };
  go(0, 0, 0, false);
  return walks.sort((a, b) => a.bound - b.bound);
}

function scoreOf(area: Area, steps: number[], lengthMeters: number): number {
  const asked = plainRequest(lengthMeters);
  const meters = steps.reduce((sum, half) => sum + area.lengthMeters[half >> 1], 0);
  return describeLoop(area, steps, ballsOf(area, lengthMeters).approachOf(meters), asked).score;
}

/** Whether some loop scores less than that. */
function someLoopBeats(area: Area, lengthMeters: number, loops: ReturnType<typeof everyLoop>, score: number): boolean {
  return loops.some(({ steps, bound }) => bound < score && scoreOf(area, steps, lengthMeters) < score);
}

/** What the search finds by itself, where the planner would have enumerated. */
function searched(area: Area, lengthMeters: number): number {
  const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, 1.1 * lengthMeters);
  let least = Number.POSITIVE_INFINITY;
  for (const core of findCores(ball, neverStop())) {
    const graph = planningGraph(area, ball, edgesOf(core, neverStop()), 0, neverStop());
    const space = newWorkspace(area, graph, plainRequest(lengthMeters), new Paths(graph, neverStop(), 1e6));
    const search = new Search(space, core.approachMeters);
    try {
      search.run();
      search.refine();
    } catch (error) {
      if (!(error instanceof SearchEnded)) throw error;
    }
    for (const { walk } of space.pool.best(3, Number.POSITIVE_INFINITY)) {
      const steps = [...walk].flatMap((half) => {
        const chain = [...graph.steps.subarray(graph.stepOffset[half >> 1], graph.stepOffset[(half >> 1) + 1])];
        return half & 1 ? chain.reverse().map((step) => step ^ 1) : chain;
      });
      least = Math.min(least, scoreOf(area, steps, lengthMeters));
    }
  }
  return least;
}

/** One per cent of the length, as a score. */
const ONE_PERCENT = 0.1;

/** All of them where nothing may be skipped: a minute. */
const RIDDLES = process.env.LOOPWRIGHT_REQUIRE_ALL === '1' ? 1_000 : 150;

test(`on ${RIDDLES} small networks the planner finds the best loop there is, or one within 1 % of it, in 99 %`, () => {
  let possible = 0;
  let close = 0;
  for (let number = 0; number < RIDDLES; number++) {
    const { area, lengthMeters } = riddle(number);
    const every = everyLoop(area, lengthMeters);
    const { loops, miss } = planLoops(area, 0, plainRequest(lengthMeters), neverStop());
    expect(loops.length > 0).toBe(miss === null);
    if (every.length === 0) continue;
    possible++;
    if (loops.length > 0 && !someLoopBeats(area, lengthMeters, every, loops[0].score - ONE_PERCENT)) close++;
  }
  expect(possible).toBeGreaterThan(RIDDLES / 2);
  expect(close / possible).toBeGreaterThanOrEqual(0.99);
});

test('so does the search by itself, where the planner would have tried every walk, in two of three', () => {
  let possible = 0;
  let close = 0;
  for (let number = 0; number < 60; number++) {
    const { area, lengthMeters } = riddle(number);
    const every = everyLoop(area, lengthMeters);
    if (every.length === 0) continue;
    possible++;
    if (!someLoopBeats(area, lengthMeters, every, searched(area, lengthMeters) - ONE_PERCENT)) close++;
  }
  expect(close / possible).toBeGreaterThanOrEqual(0.66);
});
