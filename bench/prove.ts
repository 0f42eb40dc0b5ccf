import type { Area } from '../src/planning/network/area.js';
import { findBall } from '../src/planning/planner/graph/ball.js';
import { NARROW_SLACK } from '../src/planning/planner/graph/balls.js';
import { edgesOf, findCores, joined } from '../src/planning/planner/graph/cores.js';
import { type PlanningGraph, planningGraph } from '../src/planning/planner/graph/planning-graph.js';
import type { LoopRequest } from '../src/planning/planner/loop-request.js';
import { Judge, stepsOf } from '../src/planning/planner/search/candidate.js';
import { neverStop } from '../src/planning/planner/stop.js';
import { ROUNDNESS_GAIN, SCORE } from '../src/planning/planner/weights.js';

/** Steps after which a proof is given up. */
const STEPS = 4_000_000;
/** A tenth of a per cent of length is no betterment. */
const MARGIN = 0.01;

/** `least`: the least score found that is smaller, or null; `proven`: all walks that could have less were tried. */
export interface Proof {
  proven: boolean;
  least: number | null;
}

/**
 * Tries every closed walk that could have a smaller score (10 × length error + 5 × share walked twice, less at most what
 * roundness gains): each segment at most twice, never straight back, bridges free of charge as approach.
 * Branches are cut by what cannot become better; a walk that is left is measured.
 * @param score of the loop that may be the best, but for its approach
 * @param mostApproach share of the walk that may be approach
 * @param exactly score of a walk, measured in its geometry, but for its approach
 */
export function prove(
  area: Area,
  junction: number,
  asked: LoopRequest,
  { score, mostApproach }: { score: number; mostApproach: number },
  exactly: (steps: number[]) => number,
): Proof {
  const { lengthMeters } = asked;
  const start = area.junctionIndex.get(junction);
  const off = Math.min(0.1, (score + ROUNDNESS_GAIN) / 10);
  // Bridges depend on what the planner's balls allow beyond the length asked.
  const parts = [{ slack: NARROW_SLACK, from: 1 - off, to: 1 + Math.min(off, NARROW_SLACK) }];
  if (off > NARROW_SLACK) parts.push({ slack: 0.1, from: 1 + NARROW_SLACK, to: 1 + off });
  const proof: Proof = { proven: true, least: null };
  for (const { slack, from, to } of parts) {
    const ball = findBall({ area, start, maxDifficulty: null, stop: neverStop() }, lengthMeters * (1 + slack));
    const cores = findCores(ball, neverStop());
    if (cores.length === 0) continue;
    const graph = planningGraph(area, ball, edgesOf(joined(cores), neverStop()), 0, neverStop());
    const bounds = { least: from * lengthMeters, most: to * lengthMeters };
    const judge = new Judge(area, graph, asked);
    const scoreOf = (walk: Int32Array, count: number): number => {
      const judged = judge.judge(walk, count, 1)?.score ?? Number.POSITIVE_INFINITY;
      const estimate = judged >= SCORE.longApproach - ROUNDNESS_GAIN ? judged - SCORE.longApproach : judged;
      return estimate < score ? exactly(stepsOf(graph, walk.subarray(0, count))) : estimate;
    };
    const found = searched(graph, lengthMeters, bounds, (proof.least ?? score) - MARGIN, mostApproach, scoreOf);
    proof.proven &&= found.proven;
    proof.least = found.least ?? proof.least;
  }
  return proof;
}

function searched(
  graph: PlanningGraph,
  lengthMeters: number,
  bounds: { least: number; most: number },
  limit: number,
  mostApproach: number,
  scoreOf: (walk: Int32Array, count: number) => number,
): Proof {
  const { exitOffset, exits, head, length, back, isApproach, walkable } = graph;
  const uses = new Uint8Array(graph.edgeCount);
  let least: number | null = null;
  let best = limit;
  const walk = new Int32Array(2 * graph.edgeCount + 1);
  let steps = 0;
  function go(depth: number, node: number, came: number, meters: number, twice: number, approach: number): boolean {
    if (++steps > STEPS) return false;
    for (let k = exitOffset[node]; k < exitOffset[node + 1]; k++) {
      const half = exits[k];
      const edge = half >> 1;
      if ((came >= 0 && half === (came ^ 1)) || !walkable[half] || uses[edge] === 2) continue;
      const to = head[half];
      walk[depth] = half;
      const all = meters + length[edge];
      if (all + back[to] > bounds.most) continue;
      const lead = approach + (isApproach[edge] ? length[edge] : 0);
      const again = twice + (uses[edge] > 0 && !isApproach[edge] ? length[edge] : 0);
      const over = Math.max(0, (all + back[to]) / lengthMeters - 1);
      if (10 * over + (5 * again) / bounds.most - ROUNDNESS_GAIN >= best || lead > mostApproach * bounds.most) continue;
      if (to === 0 && all >= bounds.least && lead <= mostApproach * all) {
        const atLeast = 10 * Math.abs(all / lengthMeters - 1) + (5 * again) / all - ROUNDNESS_GAIN;
        const score = atLeast < best ? scoreOf(walk, depth + 1) : atLeast;
        if (score < best) {
          best = score;
          least = score;
        }
      }
      uses[edge]++;
      const goesOn = go(depth + 1, to, half, all, again, lead);
      uses[edge]--;
      if (!goesOn) return false;
    }
    return true;
  }
  return { proven: go(0, 0, -1, 0, 0, 0), least };
}
