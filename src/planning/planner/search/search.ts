import type { PlanningGraph } from '../graph/planning-graph.js';
import {
  ASCENT_ROUNDS,
  ENUMERATION_FAULTS,
  GAIN_LEAST,
  LENGTH_MISSED,
  LENGTHENED,
  ROUNDNESS_GAIN,
  ROUNDS,
  ROUNDS_LEAST,
  SCORE,
  SMALL_GRAPH,
  SMALL_REACH,
  SMALL_ROUND_SETTLED,
  VIAS_PER_ROUND,
} from '../weights.js';
import { enumerateWalks } from './enumerate.js';
import { hasEnough, hasFair, lackOf } from './goodness.js';
import { crossBest, improve } from './improve.js';
import { lengthen } from './lengthen.js';
import { walkThrough } from './through-via.js';
import { ViaPicker } from './vias.js';
import { forRequest, type Workspace } from './workspace.js';

/** Vias between two looks at whether the pool holds enough. */
const VIAS_PER_LOOK = 6;

/** Looks for closed walks of the requested length through node 0; what it finds is in the pool of its workspace. */
export class Search {
  readonly #space: Workspace;
  readonly #approachMeters: number;
  readonly #root: number;

  /** @param approachMeters of bridges before the first round, one way */
  constructor(space: Workspace, approachMeters: number) {
    this.#space = space;
    this.#approachMeters = approachMeters;
    this.#root = endOfApproach(space.graph);
  }

  /**
   * Tries every walk that could be among the best, in so many steps.
   * @param known a score that has been reached elsewhere
   * @returns whether the steps sufficed: then there is no better walk than the best of the pool, or than the known one
   */
  enumerate(steps: number, known: number): boolean {
    const { graph, paths, pool, judge, request } = this.#space;
    const { lengthMeters, count } = request;
    let left = steps;
    let isProven = false;
    for (const longApproach of [false, true]) {
      for (const limit of ENUMERATION_FAULTS) {
        const asked = { lengthMeters, limit, longApproach, steps: left };
        left -= enumerateWalks(graph, paths, asked, (walk, length) =>
          pool.add(judge.judge(walk, length, LENGTH_MISSED)),
        );
        if (left < 0) return isProven;
        const best = pool.best(count, Number.POSITIVE_INFINITY);
        const least = (longApproach ? SCORE.longApproach : 0) + limit - ROUNDNESS_GAIN;
        isProven = Math.min(known, best[0]?.score ?? known) <= least;
        if (isProven && (best.length >= count || known < Number.POSITIVE_INFINITY)) return true;
      }
    }
    return true;
  }

  /** Fills the pool until it holds enough good walks or all that may be done is done. @throws SearchEnded, Cancelled */
  run(): void {
    const { pool, request } = this.#space;
    if (hasEnough(pool, request.count)) return;
    if (this.#reachMeters() < SMALL_REACH * request.lengthMeters) {
      this.#lengthen();
      if (hasFair(pool)) return;
    }
    this.#rounds(ROUNDS.length);
  }

  /** Improves what the rounds have found. @throws SearchEnded, Cancelled */
  refine(): void {
    improve(this.#space);
  }

  /** Metres there and back from the farthest node. */
  #reachMeters(): number {
    const { out, back, nodeCount } = this.#space.graph;
    let most = 0;
    for (let node = 0; node < nodeCount; node++) most = Math.max(most, out[node] + back[node]);
    return most;
  }

  /** Fills the pool from loops that are not as long. */
  #lengthen(): void {
    const { graph, request, paths, pool, judge } = this.#space;
    const shorter = {
      ...request,
      lengthMeters: Math.min(LENGTHENED.reach * this.#reachMeters(), request.lengthMeters / LENGTHENED.by),
      minAscentMeters: null,
      maxAscentMeters: null,
    };
    const before = forRequest(this.#space, shorter);
    paths.allowAgain(LENGTHENED.settledPerNode * graph.nodeCount);
    new Search(before, this.#approachMeters).#rounds(1);
    const walks = lengthen(this.#space, before.pool.best(LENGTHENED.best, Number.POSITIVE_INFINITY), shorter);
    for (const { walk } of walks) {
      const candidate = judge.judge(walk, walk.length, LENGTH_MISSED);
      if (candidate !== null && candidate.fault % SCORE.longApproach < LENGTHENED.fault) pool.add(candidate);
    }
  }

  #rounds(most: number): void {
    const { graph, request, paths, pool, aim } = this.#space;
    const picker = new ViaPicker(graph, request, this.#root, this.#approachMeters);
    const rounds = Math.min(most, aim.window === null ? ROUNDS.length : ASCENT_ROUNDS);
    let last = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      paths.setBase((edge) => aim.cost(edge, round));
      this.#throughVias(picker, round);
      if (hasEnough(pool, request.count)) return;
      crossBest(this.#space);
      if (hasEnough(pool, request.count)) return;
      const now = lackOf(pool, request.count);
      if (round + 1 >= ROUNDS_LEAST && now >= last - GAIN_LEAST && hasFair(pool)) return;
      last = now;
      // Not in the search for shorter walks, which is over by now: there would be no end to it.
      const isNext = round === LENGTHENED.afterRound && round + 1 < most;
      if (isNext && pool.all.length === 0) this.#lengthen();
      aim.learn(pool.all);
    }
  }

  #throughVias(picker: ViaPicker, round: number): void {
    const { graph, request, paths, pool, memory } = this.#space;
    const mostVias = graph.nodeCount <= SMALL_GRAPH ? smallRound(graph.nodeCount) : VIAS_PER_ROUND;
    paths.grow(memory.out, 0, false, 0, graph.back, request.lengthMeters * (1 + LENGTH_MISSED));
    const vias = picker.pick(memory.out, round, mostVias);
    const { penalty, tolerance } = ROUNDS[round];
    for (let i = 0; i < vias.length; i++) {
      paths.lookUp();
      walkThrough(this.#space, vias[i], penalty, tolerance);
      if ((i + 1) % VIAS_PER_LOOK === 0 && hasEnough(pool, request.count)) return;
    }
  }
}

/** Where the approach from node 0 ends: the first node with two ways on. */
function endOfApproach({ exitOffset, exits, head, isApproach }: PlanningGraph): number {
  let node = 0;
  let came = -1;
  for (;;) {
    let next = -1;
    for (let k = exitOffset[node]; k < exitOffset[node + 1]; k++) {
      if (exits[k] === (came ^ 1)) continue;
      if (!isApproach[exits[k] >> 1]) return node;
      next = exits[k];
    }
    if (next < 0) return node;
    came = next;
    node = head[next];
  }
}

const smallRound = (nodeCount: number): number =>
  Math.max(VIAS_PER_ROUND, Math.floor(SMALL_ROUND_SETTLED / (2 * nodeCount)));
