import type { PlanningGraph } from '../graph/planning-graph.js';

/**
 * Walks laid out one behind the other, with sums along them: what lies between two places of a walk is then a difference.
 * Walk w has the half-edges `half[start[w]] … half[start[w] + steps(w) - 1]`; sums at an index do not hold its half-edge yet.
 */
export class Strands {
  readonly start: Int32Array;
  readonly half: Int32Array;
  readonly meters: Float64Array;
  readonly roadMeters: Float64Array;
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly doubledArea: Float64Array;

  constructor({ length, roadMeters, up, down, doubledArea }: PlanningGraph, walks: Int32Array[]) {
    this.start = new Int32Array(walks.length + 1);
    // One place more than there are half-edges, for the sums at the end.
    for (let w = 0; w < walks.length; w++) this.start[w + 1] = this.start[w] + walks[w].length + 1;
    const size = this.start[walks.length];
    this.half = new Int32Array(size);
    this.meters = new Float64Array(size);
    this.roadMeters = new Float64Array(size);
    this.up = new Float64Array(size);
    this.down = new Float64Array(size);
    this.doubledArea = new Float64Array(size);
    for (let w = 0; w < walks.length; w++) {
      let at = this.start[w];
      for (const half of walks[w]) {
        const edge = half >> 1;
        this.half[at] = half;
        this.meters[at + 1] = this.meters[at] + length[edge];
        this.roadMeters[at + 1] = this.roadMeters[at] + roadMeters[edge];
        this.up[at + 1] = this.up[at] + (half & 1 ? down[edge] : up[edge]);
        this.down[at + 1] = this.down[at] + (half & 1 ? up[edge] : down[edge]);
        this.doubledArea[at + 1] = this.doubledArea[at] + (half & 1 ? -doubledArea[edge] : doubledArea[edge]);
        at++;
      }
    }
  }

  steps(walk: number): number {
    return this.start[walk + 1] - this.start[walk] - 1;
  }
}
