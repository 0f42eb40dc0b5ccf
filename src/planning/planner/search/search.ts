import type { Area } from '../../network/area.js';
import type { PlanningGraph } from '../graph/planning-graph.js';
import type { LoopRequest } from '../loop-request.js';
import {
  ASCENT_ROUNDS,
  ENUMERATION_FAULTS,
  GAIN_LEAST,
  LEAST_SLACK,
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
  WALKS_PER_VIA,
} from '../weights.js';
import { AscentAim } from './ascent.js';
import { Judge } from './candidate.js';
import { enumerateWalks } from './enumerate.js';
import { isFair, isGood, lackOf } from './goodness.js';
import { crossBest, type ImproveTask, improve } from './improve.js';
import { Joiner } from './join.js';
import { lengthen } from './lengthen.js';
import { CandidatePool } from './pool.js';
import { Paths, Tree } from './trees.js';
import { ViaPicker } from './vias.js';

/**
 * Looks for closed walks of the requested length through node 0: out to a via by the cheapest path, and then home by two
 * further pieces that avoid it and add up to the length (the partial shortest paths of Gemsa, Pajor, Wagner and Zündorf,
 * "Efficient Computation of Jogging Routes", 2013, with the third point found by joining two trees at an edge).
 */
export class Search {
  readonly pool: CandidatePool;
  readonly #area: Area;
  readonly #graph: PlanningGraph;
  readonly #request: LoopRequest;
  readonly paths: Paths;
  readonly judge: Judge;
  readonly #joiner: Joiner;
  readonly #aim: AscentAim;
  readonly #approachMeters: number;
  readonly #root: number;
  readonly #out: Tree;
  readonly #away: Tree;
  readonly #home: Tree;
  readonly #rest: Float64Array;
  readonly #walk: Int32Array;
  readonly #task: ImproveTask;

  constructor(area: Area, graph: PlanningGraph, request: LoopRequest, paths: Paths, approachMeters: number) {
    this.#area = area;
    this.#graph = graph;
    this.#request = request;
    this.paths = paths;
    this.#approachMeters = approachMeters;
    this.#root = endOfApproach(graph);
    this.pool = new CandidatePool(graph);
    this.judge = new Judge(area, graph, request);
    this.#joiner = new Joiner(graph);
    this.#aim = new AscentAim(graph, request);
    const n = graph.nodeCount;
    this.#out = new Tree(n);
    this.#away = new Tree(n);
    this.#home = new Tree(n);
    this.#rest = new Float64Array(n);
    this.#walk = new Int32Array(4 * n + 4);
    this.#task = {
      graph,
      paths,
      judge: this.judge,
      joiner: this.#joiner,
      pool: this.pool,
      away: this.#away,
      home: this.#home,
      rest: this.#rest,
      scratch: this.#walk,
      lengthMeters: request.lengthMeters,
      seed: request.seed,
      window: this.#aim.window,
      count: request.count,
      crossed: new WeakMap(),
      aim: this.#aim,
    };
  }

  /**
   * Tries every walk that could be among the best, in so many steps.
   * @param known a score that has been reached elsewhere
   * @returns whether the steps sufficed: then there is no better walk than the best of the pool, or than the known one
   */
  enumerate(steps: number, known: number): boolean {
    const { lengthMeters, count } = this.#request;
    let left = steps;
    let isProven = false;
    for (const longApproach of [false, true]) {
      for (const limit of ENUMERATION_FAULTS) {
        const asked = { lengthMeters, limit, longApproach, steps: left };
        left -= enumerateWalks(this.#graph, this.paths, asked, (walk, length) =>
          this.pool.add(this.judge.judge(walk, length, LENGTH_MISSED)),
        );
        if (left < 0) return isProven;
        const best = this.pool.best(count, Number.POSITIVE_INFINITY);
        const least = (longApproach ? SCORE.longApproach : 0) + limit - ROUNDNESS_GAIN;
        isProven = Math.min(known, best[0]?.score ?? known) <= least;
        if (isProven && (best.length >= count || known < Number.POSITIVE_INFINITY)) return true;
      }
    }
    return true;
  }

  /** Fills the pool until it holds enough good walks or all that may be done is done. May throw SearchEnded or Cancelled. */
  run(): void {
    if (isGood(this.pool, this.#request.count)) return;
    if (this.#reachMeters() < SMALL_REACH * this.#request.lengthMeters) {
      this.#lengthen();
      if (isFair(this.pool)) return;
    }
    this.#rounds(ROUNDS.length);
  }

  /** Metres there and back from the farthest node. */
  #reachMeters(): number {
    const { out, back, nodeCount } = this.#graph;
    let most = 0;
    for (let node = 0; node < nodeCount; node++) most = Math.max(most, out[node] + back[node]);
    return most;
  }

  /** Fills the pool from loops that are not as long. */
  #lengthen(): void {
    const { lengthMeters } = this.#request;
    const shorter = {
      ...this.#request,
      lengthMeters: Math.min(LENGTHENED.reach * this.#reachMeters(), lengthMeters / LENGTHENED.by),
      minAscentMeters: null,
      maxAscentMeters: null,
    };
    const search = new Search(this.#area, this.#graph, shorter, this.paths, this.#approachMeters);
    this.paths.allowAgain(LENGTHENED.settledPerNode * this.#graph.nodeCount);
    search.#rounds(1);
    const judgeFor = (meters: number) => new Judge(this.#area, this.#graph, { ...shorter, lengthMeters: meters });
    const walks = lengthen(this.#task, search.pool.best(LENGTHENED.best, Number.POSITIVE_INFINITY), judgeFor);
    for (const { walk } of walks) {
      const candidate = this.judge.judge(walk, walk.length, LENGTH_MISSED);
      if (candidate !== null && candidate.fault % SCORE.longApproach < LENGTHENED.fault) this.pool.add(candidate);
    }
  }

  #rounds(most: number): void {
    const picker = new ViaPicker(this.#graph, this.#request, this.#root, this.#approachMeters);
    const rounds = Math.min(most, this.#aim.window === null ? ROUNDS.length : ASCENT_ROUNDS);
    let last = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      this.paths.setBase((edge) => this.#aim.cost(edge, round));
      const mostVias = this.#graph.nodeCount <= SMALL_GRAPH ? smallRound(this.#graph.nodeCount) : VIAS_PER_ROUND;
      this.#grow(this.#out, 0, false, 0, this.#graph.back, LENGTH_MISSED);
      const vias = picker.pick(this.#out, round, mostVias);
      for (let i = 0; i < vias.length; i++) {
        this.paths.lookUp();
        this.#throughVia(vias[i], ROUNDS[round].penalty, ROUNDS[round].tolerance);
        if (i % 6 === 5 && isGood(this.pool, this.#request.count)) return;
      }
      if (isGood(this.pool, this.#request.count)) return;
      crossBest(this.#task);
      if (isGood(this.pool, this.#request.count)) return;
      const now = lackOf(this.pool, this.#request.count);
      if (round + 1 >= ROUNDS_LEAST && now >= last - GAIN_LEAST && isFair(this.pool)) return;
      last = now;
      // Not in the search for shorter walks, which is over by now: there would be no end to it.
      const isNext = round === LENGTHENED.afterRound && round + 1 < most;
      if (isNext && this.pool.all.length === 0) this.#lengthen();
      this.#aim.learn(this.pool.all);
    }
  }

  /** Improves what the rounds have found. May throw as `run` does. */
  refine(): void {
    improve(this.#task);
  }

  #grow(tree: Tree, root: number, against: boolean, before: number, rest: Float64Array, tolerance: number): void {
    const most = this.#request.lengthMeters * (1 + tolerance);
    this.paths.grow(tree, root, against, before, rest, most);
  }

  #throughVia(via: number, penalty: number, tolerance: number): void {
    const { head, roadMeters, up, down, doubledArea, out, back, nodeCount, walkable } = this.#graph;
    const { lengthMeters } = this.#request;
    const walk = this.#walk;
    if (!this.#out.reaches(via)) return;
    let count = 0;
    const before = { length: this.#out.length[via], road: 0, up: 0, doubledArea: 0 };
    this.paths.unmark();
    for (let node = via; node !== 0; node = head[this.#out.link[node] ^ 1]) {
      const half = this.#out.link[node];
      walk[count++] = half;
      before.road += roadMeters[half >> 1];
      before.up += half & 1 ? down[half >> 1] : up[half >> 1];
      before.doubledArea += half & 1 ? -doubledArea[half >> 1] : doubledArea[half >> 1];
      this.paths.mark(half >> 1, penalty);
    }
    walk.subarray(0, count).reverse();
    if (before.length + back[via] > lengthMeters * (1 + tolerance)) return;
    const slack = Math.max(tolerance, LEAST_SLACK);
    this.#grow(this.#away, via, false, before.length, back, slack);
    for (let node = 0; node < nodeCount; node++) {
      this.#rest[node] = this.#away.reaches(node) ? before.length + this.#away.length[node] : out[node];
    }
    this.#grow(this.#home, 0, true, 0, this.#rest, slack);
    this.#joiner.join(
      {
        before,
        away: this.#away,
        home: this.#home,
        used: this.paths.used,
        lengthMeters,
        toleranceMeters: tolerance * lengthMeters,
        window: this.#aim.window,
        walkable,
      },
      WALKS_PER_VIA,
      (half) => this.#finish(count, via, half, tolerance),
    );
  }

  /** Puts the walk together: the way out is there already. */
  #finish(outCount: number, via: number, joint: number, tolerance: number): void {
    const { head } = this.#graph;
    const walk = this.#walk;
    let count = outCount;
    for (let node = head[joint ^ 1]; node !== via; node = head[this.#away.link[node] ^ 1]) {
      walk[count++] = this.#away.link[node];
    }
    walk.subarray(outCount, count).reverse();
    walk[count++] = joint;
    for (let node = head[joint]; node !== 0; node = head[this.#home.link[node]]) walk[count++] = this.#home.link[node];
    this.pool.add(this.judge.judge(walk, count, Math.max(0.03, tolerance)));
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
