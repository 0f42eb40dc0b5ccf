import type { PlanningGraph } from '../graph/planning-graph.js';

/** What adds up along a walk, half-edge by half-edge. */
export interface Totals {
  meters: number;
  roadMeters: number;
  /** Over the turning points of the profile. */
  climbMeters: number;
  /** Twice the area between the walk and the start, signed, in m². */
  doubledArea: number;
}

export const noTotals = (): Totals => ({ meters: 0, roadMeters: 0, climbMeters: 0, doubledArea: 0 });

export function addHalf(totals: Totals, graph: PlanningGraph, half: number): void {
  totals.meters += graph.length[half >> 1];
  totals.roadMeters += graph.roadMeters[half >> 1];
  totals.climbMeters += graph.climbMeters[half];
  totals.doubledArea += graph.doubledArea[half];
}

/**
 * The same in columns, for many places of walks or trees at once: at each place, what lies before it. What lies between two
 * places of one walk is then a difference.
 */
export class Sums {
  readonly #graph: PlanningGraph;
  readonly meters: Float64Array;
  readonly roadMeters: Float64Array;
  readonly climbMeters: Float64Array;
  /** Climbed by who walks the other way. */
  readonly dropMeters: Float64Array;
  readonly doubledArea: Float64Array;

  constructor(graph: PlanningGraph, places: number) {
    this.#graph = graph;
    this.meters = new Float64Array(places);
    this.roadMeters = new Float64Array(places);
    this.climbMeters = new Float64Array(places);
    this.dropMeters = new Float64Array(places);
    this.doubledArea = new Float64Array(places);
  }

  /** Nothing lies before that place. */
  begin(place: number): void {
    this.meters[place] = 0;
    this.roadMeters[place] = 0;
    this.climbMeters[place] = 0;
    this.dropMeters[place] = 0;
    this.doubledArea[place] = 0;
  }

  /** Before `place` lies what lies before `last`, and a half-edge. */
  extend(place: number, last: number, half: number): void {
    const { length, roadMeters, climbMeters, doubledArea } = this.#graph;
    this.meters[place] = this.meters[last] + length[half >> 1];
    this.roadMeters[place] = this.roadMeters[last] + roadMeters[half >> 1];
    this.climbMeters[place] = this.climbMeters[last] + climbMeters[half];
    this.dropMeters[place] = this.dropMeters[last] + climbMeters[half ^ 1];
    this.doubledArea[place] = this.doubledArea[last] + doubledArea[half];
  }
}
