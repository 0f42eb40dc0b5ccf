import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, at, randomNetwork } from '../../../../test/networks.js';
import type { Area } from '../../network/area.js';
import { buildNetwork } from '../../network/build-network.js';
import { findBall } from '../graph/ball.js';
import { edgesOf, findCores, joined } from '../graph/cores.js';
import { type PlanningGraph, planningGraph } from '../graph/planning-graph.js';
import { plainRequest } from '../loop-request.js';
import { neverStop } from '../stop.js';
import type { Candidate } from './candidate.js';
import { crossWalks } from './cross.js';
import { enumerateWalks } from './enumerate.js';
import { Paths } from './trees.js';
import { forRequest, newWorkspace, type Workspace } from './workspace.js';

const LENGTH_METERS = 4_000;

function graphOf(area: Area): PlanningGraph | null {
  const ball = findBall({ area, start: 0, maxDifficulty: null, stop: neverStop() }, 1.1 * LENGTH_METERS);
  const cores = findCores(ball, neverStop());
  return cores.length > 0 ? planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, neverStop()) : null;
}

/** Every closed walk whose length is at most 10 % off, as a candidate. */
function walksOf(area: Area, graph: PlanningGraph, lengthMeters: number): { space: Workspace; all: Candidate[] } {
  const paths = new Paths(graph, neverStop(), 1e9);
  const space = newWorkspace(area, graph, plainRequest(lengthMeters), paths);
  const all: Candidate[] = [];
  const asked = { lengthMeters, limit: 5, longApproach: true, steps: 20_000 };
  enumerateWalks(graph, paths, asked, (walk, count) => {
    const candidate = space.judge.judge(walk, count, 0.1);
    if (candidate) all.push(candidate);
  });
  return { space, all };
}

/** What comes of crossing one walk with others. */
function crossed(space: Workspace, one: Candidate, others: Candidate[]) {
  const fresh = forRequest(space, space.request);
  crossWalks(fresh, [one], others);
  return fresh.pool.all;
}

test('whatever is crossed, closed walks from the start come of it, along ways that may be walked', () => {
  let made = 0;
  fc.assert(
    fc.property(
      randomNetwork({ maxJunctions: 12, maxSegments: 30, oneWays: true }),
      fc.nat(),
      fc.nat(),
      (network, some, another) => {
        const area = areaOf(network);
        const graph = graphOf(area);
        if (graph === null) return;
        const known = walksOf(area, graph, LENGTH_METERS).all;
        if (known.length === 0) return;
        // Of the length of a walk that crossing has to find again from the others.
        const asked = known[some % known.length].lengthMeters;
        const { space, all } = walksOf(area, graph, asked);
        const others = all.filter(({ lengthMeters }) => Math.abs(lengthMeters - asked) > 1);
        if (others.length === 0) return;
        for (const { walk, lengthMeters } of crossed(space, others[another % others.length], others)) {
          made++;
          expect(graph.head[walk[0] ^ 1]).toBe(0);
          expect(graph.head[walk[walk.length - 1]]).toBe(0);
          walk.forEach((half, i) => {
            expect(graph.walkable[half]).toBe(1);
            if (i > 0) expect(graph.head[half ^ 1]).toBe(graph.head[walk[i - 1]]);
          });
          expect(Math.abs(lengthMeters / asked - 1)).toBeLessThanOrEqual(0.006);
        }
      },
    ),
  );
  // Nothing made would be closed as well.
  expect(made).toBeGreaterThan(5);
});

/**
 * A ring of 8 corners, 500 m apart, with a way aside of its own at each of four sides: 100 m, 200 m, 400 m and 800 m longer
 * than the side.
 */
function ringWithWaysAside(): Area {
  const corners = [
    [0, 0],
    [500, 0],
    [1000, 0],
    [1000, 500],
    [1000, 1000],
    [500, 1000],
    [0, 1000],
    [0, 500],
  ];
  const aside = (from: number, longer: number) => {
    const [[x1, y1], [x2, y2]] = [corners[from], corners[from + 1]];
    const out = Math.sqrt(((500 + longer) / 2) ** 2 - 250 ** 2);
    // Outwards: to the right of the way round.
    const [ox, oy] = [((y2 - y1) / 500) * out, (-(x2 - x1) / 500) * out];
    return { from, to: from + 1, between: [at((x1 + x2) / 2 + ox, (y1 + y2) / 2 + oy)] };
  };
  return areaOf(
    buildNetwork(
      corners.map(([x, y]) => at(x, y)),
      [
        ...corners.map((_, i) => ({ from: i, to: (i + 1) % 8 })),
        aside(0, 100),
        aside(2, 200),
        aside(4, 400),
        aside(6, 800),
      ],
    ),
  );
}

test('of walks that each go one way aside, a walk with two of those ways is made where it has the length asked for', () => {
  const area = ringWithWaysAside();
  const graph = graphOf(area)!;
  const { space, all } = walksOf(area, graph, 4_500);
  const simplest = (meters: number): Candidate =>
    all.filter(({ lengthMeters }) => Math.abs(lengthMeters - meters) < 10).sort((a, b) => a.score - b.score)[0];
  const [plain, ...others] = [4_100, 4_200, 4_400].map(simplest);
  const [best] = crossed(space, plain, others).sort((a, b) => a.score - b.score);
  expect(best.lengthMeters).toBeGreaterThan(4_490);
  expect(best.lengthMeters).toBeLessThan(4_510);
});
