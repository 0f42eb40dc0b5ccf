import type { PlanningGraph } from '../graph/planning-graph.js';
import { Sums } from './sums.js';

/**
 * Walks laid out one behind the other, with sums along them. Walk w has the half-edges
 * `half[start[w]] … half[start[w] + steps(w) - 1]`; sums at an index do not hold its half-edge yet.
 */
export class Strands {
  readonly start: Int32Array;
  readonly half: Int32Array;
  readonly sums: Sums;

  constructor(graph: PlanningGraph, walks: Int32Array[]) {
    this.start = new Int32Array(walks.length + 1);
    // One place more than there are half-edges, for the sums at the end.
    for (let w = 0; w < walks.length; w++) this.start[w + 1] = this.start[w] + walks[w].length + 1;
    const size = this.start[walks.length];
    this.half = new Int32Array(size);
    this.sums = new Sums(graph, size);
    for (let w = 0; w < walks.length; w++) {
      let at = this.start[w];
      for (const half of walks[w]) {
        this.half[at] = half;
        this.sums.extend(at + 1, at, half);
        at++;
      }
    }
  }

  steps(walk: number): number {
    return this.start[walk + 1] - this.start[walk] - 1;
  }
}
