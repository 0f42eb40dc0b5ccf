import type { PlanningGraph } from '../graph/planning-graph.js';
import type { LoopRequest } from '../loop-request.js';
import { ROAD_COST } from '../weights.js';
import type { Candidate } from './candidate.js';

/** Ascent under hysteresis over the sum of the climbs between turning points, as measured: 0.95 at the median. */
const ASCENT_PER_CLIMB = 0.95;
/** Aim at the inside of a window, since the sum is only an estimate of the ascent. */
const MARGIN = 0.17;
const OPEN_MARGIN = 0.05;
/** How much dearer a metre of climb makes an edge, round by round, when loops come out too steep. */
const SHUN_CLIMB = [5, 12, 2, 25, 8];
/** How much dearer flat edges are, when loops come out too flat. */
const SEEK_CLIMB = [1, 3, 0.5, 4, 2];
/** A grade at which an edge is no longer flat. */
const STEEP = 0.25;

/** What a window of ascent does to the search: what joins aim at, and costs that learn from what was found. */
export class AscentAim {
  readonly #graph: PlanningGraph;
  readonly #min: number;
  readonly #max: number;
  /** For the joiner, in metres of climb summed over turning points; null without a window. */
  readonly window: { min: number; max: number } | null;
  /** -1 when loops come out too flat, 1 when too steep. */
  #trend = 0;
  #step = 0;

  constructor(graph: PlanningGraph, { minAscentMeters, maxAscentMeters }: LoopRequest) {
    this.#graph = graph;
    this.#min = minAscentMeters ?? 0;
    this.#max = maxAscentMeters ?? Number.POSITIVE_INFINITY;
    this.window = minAscentMeters === null && maxAscentMeters === null ? null : aimedWindow(this.#min, this.#max);
  }

  /** Compares the median of the walks found with the window. */
  learn(found: Candidate[]): void {
    if (this.window === null || found.length === 0) return;
    const ascents = found.map(({ ascentMeters }) => ascentMeters).sort((a, b) => a - b);
    const median = ascents[ascents.length >> 1];
    this.#trend = median > this.#max ? 1 : median < this.#min ? -1 : this.#trend;
    if (this.#trend !== 0) this.#step++;
  }

  /** Cost of an edge in the present round. */
  cost(edge: number, round: number): number {
    const { cost, climbMeters, length, roadMeters } = this.#graph;
    if (this.#trend === 0) return cost[edge];
    const climb = climbMeters[2 * edge] + climbMeters[2 * edge + 1];
    const at = (this.#step + round) % SHUN_CLIMB.length;
    // Where it is too steep, the road along the valley is as good as a trail: nothing else may be flat.
    if (this.#trend > 0) return cost[edge] - (ROAD_COST - 1) * roadMeters[edge] + SHUN_CLIMB[at] * climb;
    return cost[edge] * (1 + SEEK_CLIMB[at] * (1 - Math.min(1, climb / Math.max(1, length[edge]) / STEEP)));
  }
}

function aimedWindow(min: number, max: number): { min: number; max: number } {
  if (max === Number.POSITIVE_INFINITY) return { min: (min * (1 + OPEN_MARGIN)) / ASCENT_PER_CLIMB, max };
  if (min === 0) return { min, max: (max * (1 - OPEN_MARGIN)) / ASCENT_PER_CLIMB };
  const inset = MARGIN * (max - min);
  return { min: (min + inset) / ASCENT_PER_CLIMB, max: (max - inset) / ASCENT_PER_CLIMB };
}
