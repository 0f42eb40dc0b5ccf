import type { Candidate } from './candidate.js';
import type { PlanningGraph } from './planning-graph.js';
import { SHARED_MOST } from './weights.js';

/** All walks found so far, each once. */
export class CandidatePool {
  readonly #graph: PlanningGraph;
  /** By fingerprint: the same edges in another order may go better. */
  readonly #known = new Map<number, Candidate>();
  readonly all: Candidate[] = [];
  readonly #stamp: Int32Array;
  #mark = 0;

  constructor(graph: PlanningGraph) {
    this.#graph = graph;
    this.#stamp = new Int32Array(graph.edgeCount);
  }

  add(candidate: Candidate | null): void {
    if (candidate === null) return;
    const known = this.#known.get(candidate.fingerprint);
    if (known === undefined) {
      this.#known.set(candidate.fingerprint, candidate);
      this.all.push(candidate);
    } else if (candidate.score < known.score) Object.assign(known, candidate);
  }

  /** Best first; of equal scores the one with the smaller fingerprint, so that the order depends on nothing else. */
  sort(): void {
    this.all.sort((a, b) => a.score - b.score || a.fingerprint - b.fingerprint);
  }

  /** Share of the shorter walk, approaches left out, that both go over. */
  shared(one: Candidate, other: Candidate): number {
    const { length, isApproach } = this.#graph;
    const mark = ++this.#mark;
    let ownMeters = 0;
    for (const half of one.walk) {
      if (isApproach[half >> 1]) continue;
      this.#stamp[half >> 1] = mark;
      ownMeters += length[half >> 1];
    }
    let both = 0;
    let otherMeters = 0;
    for (const half of other.walk) {
      if (isApproach[half >> 1]) continue;
      otherMeters += length[half >> 1];
      if (this.#stamp[half >> 1] === mark) both += length[half >> 1];
    }
    return both / Math.max(1, Math.min(ownMeters, otherMeters));
  }

  /** Whether a walk shares less than half with each of some others. */
  differs(candidate: Candidate, others: Candidate[]): boolean {
    return others.every((other) => this.shared(other, candidate) < SHARED_MOST);
  }

  /** The best walks that differ from each other, at most `count`, none worse than `worst` in its faults. */
  best(count: number, worst: number): Candidate[] {
    this.sort();
    const chosen: Candidate[] = [];
    for (const candidate of this.all) {
      if (chosen.length >= count) break;
      if (candidate.fault <= worst && this.differs(candidate, chosen)) chosen.push(candidate);
    }
    return chosen;
  }
}
