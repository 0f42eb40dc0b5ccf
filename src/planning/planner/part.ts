import type { Area } from '../network/area.js';
import { type Chosen, chooseWalks } from './choose-loops.js';
import type { Balls } from './graph/balls.js';
import type { PlanningGraph } from './graph/planning-graph.js';
import type { LoopRequest } from './loop-request.js';
import { type Candidate, stepsOf } from './search/candidate.js';
import { Search } from './search/search.js';
import { Paths, SearchEnded } from './search/trees.js';
import { newWorkspace, type Workspace } from './search/workspace.js';
import type { StopFlag } from './stop.js';
import { describeMeasured } from './walk/describe.js';
import { measureWalk } from './walk/measure.js';
import { ENUMERATION_STEPS } from './weights.js';

/** What the parts of one plan have in common. */
export interface Task {
  area: Area;
  request: LoopRequest;
  stop: StopFlag;
  balls: Balls;
}

/** One part of the network while loops are looked for in it; what works throws Cancelled when the flag says so. */
export class Part {
  readonly #task: Task;
  readonly #paths: Paths;
  readonly #space: Workspace;
  readonly #search: Search;

  /**
   * @param approachMeters of bridges before the first round, one way
   * @param budget settled nodes after which the search ends with what it has
   */
  constructor(task: Task, graph: PlanningGraph, approachMeters: number, budget: number) {
    const { area, request, stop } = task;
    this.#task = task;
    this.#paths = new Paths(graph, stop, budget);
    this.#space = newWorkspace(area, graph, request, this.#paths);
    this.#search = new Search(this.#space, approachMeters);
  }

  get settled(): number {
    return this.#paths.settled;
  }

  get truncated(): boolean {
    return this.#paths.truncated;
  }

  /**
   * Tries every walk, if there are as few as one may hope.
   * @returns whether all were tried that could be among the best
   */
  enumerateBriefly(): boolean {
    return this.#enumerate(ENUMERATION_STEPS.briefly / this.#paths.graph.edgeCount, Number.POSITIVE_INFINITY);
  }

  /** @param known score of the best loop found elsewhere: no walk need be tried that cannot have less */
  enumerateAtLength(known: number): boolean {
    return this.#enumerate(ENUMERATION_STEPS.atLength, known);
  }

  #enumerate(steps: number, known: number): boolean {
    return this.#untilEnded(() => this.#search.enumerate(steps, known)) ?? false;
  }

  search(): void {
    this.#untilEnded(() => {
      this.#search.run();
      this.#search.refine();
    });
  }

  /** The best loops that differ, of all that was found so far. */
  choose(): Chosen[] {
    const { area, request, balls } = this.#task;
    const approachOf = (candidate: Candidate): Uint8Array => balls.approachOf(candidate.lengthMeters);
    const best = chooseWalks(this.#space, (candidate) =>
      measureWalk(area, stepsOf(this.#paths.graph, candidate.walk), approachOf(candidate), request),
    );
    return best.map(({ candidate, measured, rank, directionCosine }) => {
      const approach = approachOf(candidate);
      const walked = Array.from(measured.steps, (half) => half >> 1).filter((segment) => !approach[segment]);
      const meters = new Map(walked.map((segment) => [area.segmentId[segment], area.lengthMeters[segment]]));
      return { loop: describeMeasured(area, measured, request), rank, directionCosine, meters };
    });
  }

  #untilEnded<T>(work: () => T): T | null {
    try {
      this.#paths.lookUp();
      return work();
    } catch (error) {
      if (!(error instanceof SearchEnded)) throw error;
      return null;
    }
  }
}
