import { type Chosen, differing } from './choose-loops.js';
import type { Ball } from './graph/ball.js';
import { type Core, edgesOf, findCores, joined } from './graph/cores.js';
import { type PlanningGraph, planningGraph } from './graph/planning-graph.js';
import type { Loop, LoopRequest } from './loop-request.js';
import { Part, type Task } from './part.js';
import { throwIfCancelled } from './stop.js';
import {
  ASCENT_BUDGET_BASE,
  BUDGET_BASE,
  BUDGET_PER_NODE,
  CORES_TRIED,
  ENUMERATION_EDGES,
  ENUMERATION_SEGMENTS,
  LENGTH_MISSED,
  LENGTH_OFF,
  LONG_APPROACH_SHARE,
  OVERLAP_OFF,
  SIDE_ROOM,
} from './weights.js';

/** Whether a loop calls for no warning. */
export const isFair = (loop: Loop, { lengthMeters }: LoopRequest): boolean =>
  Math.abs(loop.lengthMeters / lengthMeters - 1) <= LENGTH_OFF &&
  loop.overlapMeters <= OVERLAP_OFF * loop.lengthMeters &&
  loop.approachMeters <= LONG_APPROACH_SHARE * loop.lengthMeters;

/** Looking for loops in one ball: every walk is tried where there are few, part by part is searched where there are many. */
export class Attempt {
  readonly #task: Task;
  readonly ball: Ball;
  readonly cores: Core[];
  readonly #budget: number;
  readonly #graphs = new Map<Core, PlanningGraph>();
  found: Chosen[] = [];
  settled: number;
  truncated = false;
  /** Every walk was tried that could be a loop: what was not found does not exist. */
  isComplete = false;

  /** @param spent settled nodes of the same plan before */
  constructor(task: Task, ball: Ball, spent: number) {
    this.#task = task;
    this.ball = ball;
    this.cores = findCores(ball, task.stop);
    this.settled = ball.nodeCount;
    this.#budget = budgetFor(ball, task.request) - spent;
  }

  /** @throws Cancelled when the flag says so */
  run(): this {
    if (this.cores.length === 0) {
      this.isComplete = true;
      return this;
    }
    // All parts as one: a walk may go round in several of them, over the bridges between them out and back.
    const all = joined(this.cores);
    const isSmall = this.ball.edgeCount <= ENUMERATION_SEGMENTS && this.#graphOf(all).edgeCount <= ENUMERATION_EDGES;
    const whole = isSmall ? this.#open(all) : null;
    this.isComplete = whole?.enumerateBriefly() ?? false;
    if (!this.isComplete) this.#searchParts();
    if (!this.isComplete && !this.hasFair && whole !== null) {
      // A second, longer look for what the search has missed.
      this.isComplete = whole.enumerateAtLength(this.found[0]?.rank ?? Number.POSITIVE_INFINITY);
    }
    if (whole !== null) this.#close(whole);
    if (!this.isComplete && !this.hasFair && this.cores.length > 1 && !this.truncated) {
      const again = this.#open(all);
      again.search();
      this.#close(again);
    }
    return this;
  }

  get hasFair(): boolean {
    return this.found.some(({ loop }) => isFair(loop, this.#task.request));
  }

  #searchParts(): void {
    const { request } = this.#task;
    for (const core of coresWorthTrying(this.cores, request.lengthMeters)) {
      const part = this.#open(core);
      part.search();
      this.#close(part);
      const isEnough = this.found.length >= request.count && this.found.every(({ loop }) => isFair(loop, request));
      if (this.truncated || isEnough) return;
    }
  }

  #open(core: Core): Part {
    const budget = Math.max(0, this.#budget - this.settled);
    return new Part(this.#task, this.#graphOf(core), core.approachMeters, budget);
  }

  #graphOf(core: Core): PlanningGraph {
    let graph = this.#graphs.get(core);
    if (!graph) {
      const { area, request, stop } = this.#task;
      throwIfCancelled(stop);
      graph = planningGraph(area, this.ball, edgesOf(core, stop), request.seed, stop);
      this.#graphs.set(core, graph);
    }
    return graph;
  }

  #close(part: Part): void {
    this.settled += part.settled;
    this.truncated ||= part.truncated;
    this.found = differing([...this.found, ...part.choose()], this.#task.request.count);
  }
}

function budgetFor(ball: Ball, { minAscentMeters, maxAscentMeters }: LoopRequest): number {
  const wantsAscent = minAscentMeters !== null || maxAscentMeters !== null;
  return (wantsAscent ? ASCENT_BUDGET_BASE : BUDGET_BASE) + BUDGET_PER_NODE * ball.nodeCount;
}

/** Cores with room for a loop of that length: those that are not mere side rooms first, the nearest of them first. */
function coresWorthTrying(cores: Core[], lengthMeters: number): Core[] {
  const roomy = cores.filter(({ mostMeters }) => mostMeters >= lengthMeters * (1 - LENGTH_MISSED));
  const around = ({ approachMeters }: Core): number => lengthMeters - 2 * approachMeters;
  const large = roomy.filter((core) => core.ownMeters >= around(core));
  const others = roomy.filter((core) => !large.includes(core)).sort((a, b) => b.ownMeters - a.ownMeters);
  const worthwhile = others.filter((core) => core.ownMeters >= SIDE_ROOM * around(core));
  const both = [...large, ...worthwhile];
  return (both.length > 0 ? both : others).slice(0, CORES_TRIED);
}
