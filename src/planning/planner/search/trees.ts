import { Heap } from '../../network/heap.js';
import type { PlanningGraph } from '../graph/planning-graph.js';
import { OUT_OF_TIME, type StopFlag, throwIfCancelled } from '../stop.js';

/** A tree of cheapest paths from a root, or to it. */
export class Tree {
  readonly cost: Float64Array;
  readonly length: Float64Array;
  /** The half-edge by which a node is entered from the root, or left towards it; -1 at the root. */
  readonly link: Int32Array;
  /** Settled nodes, root first. */
  readonly order: Int32Array;
  count = 0;

  constructor(nodeCount: number) {
    this.cost = new Float64Array(nodeCount);
    this.length = new Float64Array(nodeCount);
    this.link = new Int32Array(nodeCount);
    this.order = new Int32Array(nodeCount);
  }

  reaches(node: number): boolean {
    return this.cost[node] < Number.POSITIVE_INFINITY;
  }
}

/** Out of the work that a plan may do, or out of time: what has been found so far is the answer. */
export class SearchEnded extends Error {
  override name = 'SearchEnded';
}

/** Looks at the stop flag after so many settled nodes: well under a millisecond. */
const LOOK_UP_EVERY = 1_024;

/**
 * Shortest paths over a planning graph whose edges grow dearer as they are used. State belongs to one plan: nothing of it
 * outlives an exception.
 */
export class Paths {
  readonly graph: PlanningGraph;
  /** By position in `graph.exits`: head, length and present cost beside each other, as the inner loop reads them. */
  readonly #head: Int32Array;
  readonly #length: Float64Array;
  readonly #cost: Float64Array;
  /** Cost of the opposite half-edge; the same array when no edge is one-way. */
  readonly #costAgainst: Float64Array;
  readonly #position: Int32Array;
  readonly #base: Float64Array;
  readonly #marked: number[] = [];
  /** By edge: how much of it counts as used, 0–1. */
  readonly used: Float64Array;
  readonly #heap = new Heap();
  readonly #stop: StopFlag;
  settled = 0;
  #lookUpAt = LOOK_UP_EVERY;
  #budget: number;
  truncated = false;

  /** @param budget settled nodes after which SearchEnded is thrown */
  constructor(graph: PlanningGraph, stop: StopFlag, budget: number) {
    this.graph = graph;
    this.#stop = stop;
    this.#budget = budget;
    const { exits, edgeCount, head, length } = graph;
    this.#head = new Int32Array(exits.length);
    this.#length = new Float64Array(exits.length);
    this.#position = new Int32Array(2 * edgeCount);
    for (let k = 0; k < exits.length; k++) {
      const half = exits[k];
      this.#head[k] = head[half];
      this.#length[k] = length[half >> 1];
      this.#position[half] = k;
    }
    this.#cost = new Float64Array(exits.length);
    this.#costAgainst = graph.hasOneWay ? new Float64Array(exits.length) : this.#cost;
    this.#base = graph.cost.slice();
    this.used = new Float64Array(edgeCount);
    for (let e = 0; e < edgeCount; e++) this.#write(e, this.#base[e]);
  }

  /** How much of the budget is used up. */
  get spentShare(): number {
    return this.settled / this.#budget;
  }

  /** Allows as much again as has been settled so far, and this much more. */
  allowAgain(settled: number): void {
    this.#budget += this.settled + settled;
  }

  /** For work after the search, which is done even when time is up. */
  throwIfCancelled(): void {
    throwIfCancelled(this.#stop);
  }

  /** Throws Cancelled or SearchEnded when it is time to. */
  lookUp(): void {
    this.#lookUpAt = this.settled + LOOK_UP_EVERY;
    this.throwIfCancelled();
    if (Atomics.load(this.#stop, 0) === OUT_OF_TIME) {
      this.truncated = true;
      throw new SearchEnded('out of time');
    }
    if (this.settled > this.#budget) throw new SearchEnded('out of budget');
  }

  /** Changes what edges cost before anything is used. */
  setBase(costOf: (edge: number) => number): void {
    this.unmark();
    for (let e = 0; e < this.graph.edgeCount; e++) {
      this.#base[e] = costOf(e);
      this.#write(e, this.#base[e]);
    }
  }

  #write(edge: number, cost: number): void {
    const { walkable } = this.graph;
    const forth = this.#position[2 * edge];
    const reverse = this.#position[2 * edge + 1];
    if (!this.graph.hasOneWay) {
      this.#cost[forth] = cost;
      this.#cost[reverse] = cost;
      return;
    }
    const there = walkable[2 * edge] ? cost : Number.POSITIVE_INFINITY;
    const back = walkable[2 * edge + 1] ? cost : Number.POSITIVE_INFINITY;
    this.#cost[forth] = there;
    this.#cost[reverse] = back;
    this.#costAgainst[forth] = back;
    this.#costAgainst[reverse] = there;
  }

  /** Makes an edge and its corridor dearer by `penalty` times the share that is used; an approach stays as it is. */
  mark(edge: number, penalty: number): void {
    const { besideOffset, beside, besideMeters, length, isApproach } = this.graph;
    if (isApproach[edge]) return;
    this.#use(edge, 1, penalty);
    for (let k = besideOffset[edge]; k < besideOffset[edge + 1]; k++) {
      const other = beside[k];
      if (!isApproach[other]) this.#use(other, besideMeters[k] / length[other], penalty);
    }
  }

  #use(edge: number, share: number, penalty: number): void {
    if (this.used[edge] === 0) this.#marked.push(edge);
    this.used[edge] = Math.min(1, this.used[edge] + share);
    this.#write(edge, this.#base[edge] * (1 + penalty * this.used[edge]));
  }

  /** Forgets all marks. */
  unmark(): void {
    for (const edge of this.#marked) {
      this.used[edge] = 0;
      this.#write(edge, this.#base[edge]);
    }
    this.#marked.length = 0;
  }

  /**
   * Grows the tree of cheapest paths from `root` (`against` false) or to it (true).
   * @param before metres walked already
   * @param rest by node, least metres still to walk from there: a node is settled only while before + its length + rest
   * stays within `most`
   */
  grow(tree: Tree, root: number, against: boolean, before: number, rest: Float64Array, most: number): void {
    const { exitOffset, exits } = this.graph;
    const head = this.#head;
    const slotLength = this.#length;
    const slotCost = against ? this.#costAgainst : this.#cost;
    const { cost, length, link, order } = tree;
    const heap = this.#heap;
    const flip = against ? 1 : 0;
    const room = most - before;
    cost.fill(Number.POSITIVE_INFINITY);
    heap.clear();
    cost[root] = 0;
    length[root] = 0;
    link[root] = -1;
    let count = 0;
    heap.push(0, root);
    for (let node = heap.pop(); node >= 0; node = heap.pop()) {
      const here = cost[node];
      if (heap.key > here) continue;
      order[count++] = node;
      if (this.settled + count >= this.#lookUpAt) {
        this.settled += count;
        tree.count = 0;
        this.lookUp();
        this.settled -= count;
      }
      const walked = length[node];
      for (let k = exitOffset[node], end = exitOffset[node + 1]; k < end; k++) {
        const other = head[k];
        const reach = here + slotCost[k];
        if (reach >= cost[other]) continue;
        const meters = walked + slotLength[k];
        if (meters + rest[other] > room) continue;
        cost[other] = reach;
        length[other] = meters;
        link[other] = exits[k] ^ flip;
        heap.push(reach, other);
      }
    }
    tree.count = count;
    this.settled += count;
  }
}
