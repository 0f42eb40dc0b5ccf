import type { PlanningGraph } from '../graph/planning-graph.js';

/** How often a walk goes over each edge, approaches left out. */
export class Uses {
  readonly #graph: PlanningGraph;
  readonly #count: Uint8Array;

  constructor(graph: PlanningGraph) {
    this.#graph = graph;
    this.#count = new Uint8Array(graph.edgeCount);
  }

  /** @returns metres walked more than once */
  addAll(walk: Int32Array): number {
    const { length, isApproach } = this.#graph;
    let repeated = 0;
    for (const half of walk) {
      const edge = half >> 1;
      if (!isApproach[edge] && this.#count[edge]++ > 0) repeated += length[edge];
    }
    return repeated;
  }

  /** How many metres more are repeated when the half-edges `from … to - 1` of the walk give way to `first … end - 1`. */
  replaced(half: Int32Array, from: number, to: number, first: number, end: number): number {
    const { length, isApproach } = this.#graph;
    let more = 0;
    for (let i = from; i < to; i++) {
      const edge = half[i] >> 1;
      if (!isApproach[edge] && --this.#count[edge] > 0) more -= length[edge];
    }
    for (let i = first; i < end; i++) {
      const edge = half[i] >> 1;
      if (this.#count[edge] > 0) more += length[edge];
    }
    for (let i = from; i < to; i++) if (!isApproach[half[i] >> 1]) this.#count[half[i] >> 1]++;
    return more;
  }
}
