import type { PlanningGraph } from '../graph/planning-graph.js';
import { ascentMiss } from '../score.js';
import { SCORE } from '../weights.js';
import { Sums, type Totals } from './sums.js';
import { Tree } from './trees.js';

/** What joined walks are made for. */
export interface JoinTask {
  /** Of all that is neither `away` nor `home`. */
  before: Totals;
  /** By edge: how much of it counts as used by the way out. */
  used: Float64Array;
  lengthMeters: number;
  toleranceMeters: number;
  /** Ascent aimed at, in metres of climb summed over turning points; null without a window. */
  window: { min: number; max: number } | null;
}

/** Candidates lie in squares of this grid over the graph; the best of each square is kept, so that they are spread. */
const GRID = 10;

/**
 * Finds, among all ways to go on from the via by one path, over one edge and home by another, those of the right length:
 * two trees give thousands of closed walks at the cost of looking at each edge once.
 */
export class Joiner {
  readonly #graph: PlanningGraph;
  /** Paths from the via, and to the end: to be grown before they are joined. */
  readonly away: Tree;
  readonly home: Tree;
  readonly #cell: Int32Array;
  readonly #cost = new Float64Array(GRID * GRID);
  readonly #half = new Int32Array(GRID * GRID);
  readonly #total = new Float64Array(GRID * GRID);
  /** By node: along the paths from the via, and to the end; metres of them that are used already. */
  readonly #awaySums: Sums;
  readonly #homeSums: Sums;
  readonly #awayUsed: Float64Array;
  readonly #homeUsed: Float64Array;

  constructor(graph: PlanningGraph) {
    this.#graph = graph;
    const n = graph.nodeCount;
    const [west, east] = bounds(graph.x);
    const [south, north] = bounds(graph.y);
    const place = (value: number, from: number, to: number): number =>
      Math.min(GRID - 1, Math.floor((GRID * (value - from)) / Math.max(1, to - from)));
    this.#cell = new Int32Array(n);
    for (let node = 0; node < n; node++) {
      this.#cell[node] = GRID * place(graph.y[node], south, north) + place(graph.x[node], west, east);
    }
    this.away = new Tree(n);
    this.home = new Tree(n);
    this.#awaySums = new Sums(graph, n);
    this.#homeSums = new Sums(graph, n);
    this.#awayUsed = new Float64Array(n);
    this.#homeUsed = new Float64Array(n);
  }

  /** Sums along the paths of a tree, in one pass over its order. */
  #label(tree: Tree, against: boolean, used: Float64Array, sums: Sums, usedMeters: Float64Array): void {
    const { head, length } = this.#graph;
    const root = tree.order[0];
    sums.begin(root);
    usedMeters[root] = 0;
    for (let i = 1; i < tree.count; i++) {
      const node = tree.order[i];
      const half = tree.link[node];
      const parent = against ? head[half] : head[half ^ 1];
      sums.extend(node, parent, half);
      usedMeters[node] = usedMeters[parent] + used[half >> 1] * length[half >> 1];
    }
  }

  /**
   * @param take given each chosen half-edge, best first: the walk is the way out, `away` to its tail, itself, and `home`
   * from its head
   */
  join(task: JoinTask, most: number, take: (half: number) => void): void {
    const { before, used, lengthMeters, toleranceMeters, window } = task;
    const { away, home } = this;
    const { exitOffset, exits, head, length, roadMeters, climbMeters, doubledArea, walkable } = this.#graph;
    const cost = this.#cost;
    this.#label(away, false, used, this.#awaySums, this.#awayUsed);
    this.#label(home, true, used, this.#homeSums, this.#homeUsed);
    const there = this.#awaySums;
    const onwards = this.#homeSums;
    const areaToRoundness = (2 * Math.PI) / (lengthMeters * lengthMeters);
    cost.fill(Number.POSITIVE_INFINITY);
    for (let i = 0; i < away.count; i++) {
      const a = away.order[i];
      const walked = before.meters + away.length[a];
      const cameBy = away.link[a];
      for (let k = exitOffset[a]; k < exitOffset[a + 1]; k++) {
        const half = exits[k];
        const b = head[half];
        if (home.cost[b] === Number.POSITIVE_INFINITY) continue;
        const edge = half >> 1;
        const total = walked + length[edge] + home.length[b];
        const off = Math.abs(total - lengthMeters);
        if (off > toleranceMeters) continue;
        // Turning round on the spot, at either end of the edge, makes a spur.
        if (cameBy === (half ^ 1) || home.link[b] === (half ^ 1) || !walkable[half]) continue;
        const overlap = this.#awayUsed[a] + used[edge] * length[edge] + this.#homeUsed[b];
        const road = before.roadMeters + there.roadMeters[a] + roadMeters[edge] + onwards.roadMeters[b];
        let estimate = (SCORE.lengthError * off + SCORE.overlapShare * overlap + SCORE.roadShare * road) / lengthMeters;
        const inside = before.doubledArea + there.doubledArea[a] + doubledArea[half] + onwards.doubledArea[b];
        estimate -= SCORE.roundness * Math.min(SCORE.roundnessEnough, areaToRoundness * Math.abs(inside));
        if (window !== null) {
          const climb = before.climbMeters + there.climbMeters[a] + climbMeters[half] + onwards.climbMeters[b];
          const miss = ascentMiss(climb, window.min, window.max);
          if (miss > 0) estimate += SCORE.ascentMissed + SCORE.ascentMiss * miss;
        }
        const cell = this.#cell[b];
        if (estimate < cost[cell]) {
          cost[cell] = estimate;
          this.#half[cell] = half;
          this.#total[cell] = total;
        }
      }
    }
    this.#takeBest(most, take);
  }

  /**
   * Lays a joined walk out behind what is there: by `away` from one node to the joint, over it, and by `home` to another.
   * @param count of the half-edges that are there
   * @returns of those that are there then
   */
  lay({ from, joint, to }: { from: number; joint: number; to: number }, walk: Int32Array, count: number): number {
    const { head } = this.#graph;
    const { away, home } = this;
    let at = count;
    for (let node = head[joint ^ 1]; node !== from; node = head[away.link[node] ^ 1]) walk[at++] = away.link[node];
    walk.subarray(count, at).reverse();
    walk[at++] = joint;
    for (let node = head[joint]; node !== to; node = head[home.link[node]]) walk[at++] = home.link[node];
    return at;
  }

  #takeBest(most: number, take: (half: number) => void): void {
    const cost = this.#cost;
    const totals: number[] = [];
    for (let taken = 0; taken < most; ) {
      let best = -1;
      for (let cell = 0; cell < cost.length; cell++) {
        if (cost[cell] < Number.POSITIVE_INFINITY && (best < 0 || cost[cell] < cost[best])) best = cell;
      }
      if (best < 0) return;
      cost[best] = Number.POSITIVE_INFINITY;
      // Walks of the same length to the metre are nearly always the same walk, joined at another of its edges.
      const total = Math.round(this.#total[best]);
      if (totals.includes(total)) continue;
      totals.push(total);
      taken++;
      take(this.#half[best]);
    }
  }
}

function bounds(values: Float64Array): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
