import type { PlanningGraph } from '../graph/planning-graph.js';
import { POOL_KEPT, SHARED_MOST } from '../weights.js';
import type { Candidate } from './candidate.js';

/** The best walks found so far, each once. */
export class CandidatePool {
  readonly #graph: PlanningGraph;
  /** By fingerprint: the same edges in another order may go better. Also of walks that were dropped since. */
  readonly #known = new Map<number, Candidate>();
  readonly all: Candidate[] = [];
  /** By edge: bit i is set when the i-th chosen walk uses it. */
  readonly #users: Int32Array;
  readonly #both = new Float64Array(32);

  constructor(graph: PlanningGraph) {
    this.#graph = graph;
    this.#users = new Int32Array(graph.edgeCount);
  }

  add(candidate: Candidate | null): void {
    if (candidate === null) return;
    const known = this.#known.get(candidate.fingerprint);
    if (known !== undefined) {
      if (candidate.score < known.score) Object.assign(known, candidate);
      return;
    }
    this.#known.set(candidate.fingerprint, candidate);
    this.all.push(candidate);
    if (this.all.length < 2 * POOL_KEPT) return;
    this.sort();
    this.all.length = POOL_KEPT;
  }

  /** Best first; of equal scores the one with the smaller fingerprint, so that the order depends on nothing else. */
  sort(): void {
    this.all.sort((a, b) => a.score - b.score || a.fingerprint - b.fingerprint);
  }

  /**
   * The best walks that share less than half with each other, approaches left out.
   * @param count at most 31
   * @param worst none has more faults than this
   */
  best(count: number, worst: number): Candidate[] {
    this.sort();
    const chosen: Candidate[] = [];
    const chosenMeters: number[] = [];
    for (const candidate of this.all) {
      if (chosen.length >= count) break;
      if (candidate.fault > worst) continue;
      const meters = this.#metersIfNew(candidate, chosenMeters);
      if (meters < 0) continue;
      for (const half of candidate.walk) this.#users[half >> 1] |= 1 << chosen.length;
      chosen.push(candidate);
      chosenMeters.push(meters);
    }
    for (const { walk } of chosen) for (const half of walk) this.#users[half >> 1] = 0;
    return chosen;
  }

  /** Length of a walk without its approach; -1 when it shares half of that, or of theirs, with one already chosen. */
  #metersIfNew({ walk }: Candidate, chosenMeters: number[]): number {
    const { length, isApproach } = this.#graph;
    const both = this.#both;
    both.fill(0);
    let meters = 0;
    for (let i = 0; i < walk.length; i++) {
      const edge = walk[i] >> 1;
      if (isApproach[edge]) continue;
      meters += length[edge];
      for (let users = this.#users[edge]; users !== 0; users &= users - 1) {
        both[31 - Math.clz32(users & -users)] += length[edge];
      }
    }
    for (let i = 0; i < chosenMeters.length; i++) {
      if (both[i] >= SHARED_MOST * Math.max(1, Math.min(meters, chosenMeters[i]))) return -1;
    }
    return meters;
  }
}
