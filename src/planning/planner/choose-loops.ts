import type { Loop } from './loop-request.js';
import type { Candidate } from './search/candidate.js';
import type { Workspace } from './search/workspace.js';
import { SHARED_MOST } from './weights.js';

/** A loop about to be an answer. */
export interface Chosen {
  loop: Loop;
  /** The loop's score, and what its direction costs: by this loops are ranked. */
  rank: number;
  /** Cosine between the direction asked and the middle of the loop; 1 when none was asked. */
  directionCosine: number;
  /** Metres of each segment outside the approach, by its number in the region. */
  meters: Map<number, number>;
}

/** A walk about to be an answer. */
export interface MeasuredCandidate<Measured> {
  candidate: Candidate;
  measured: Measured;
  rank: number;
  directionCosine: number;
}

/**
 * The best walks that differ, measured exactly: only a walk about to be chosen is looked at in its geometry, and takes its
 * place again by what that says.
 */
export function chooseWalks<Measured extends { score: number }>(
  { pool, judge, paths, request }: Workspace,
  measure: (candidate: Candidate) => Measured,
): MeasuredCandidate<Measured>[] {
  const exact = new Map<Candidate, MeasuredCandidate<Measured>>();
  for (;;) {
    const best = pool.best(request.count, Number.POSITIVE_INFINITY);
    const open = best.filter((candidate) => !exact.has(candidate));
    if (open.length === 0) return best.map((candidate) => exact.get(candidate)!);
    for (const candidate of open) {
      paths.throwIfCancelled();
      const measured = measure(candidate);
      const directionCosine = judge.directionCosine(candidate.walk);
      candidate.score = measured.score + judge.directionCost(directionCosine);
      exact.set(candidate, { candidate, measured, rank: candidate.score, directionCosine });
    }
  }
}

/** The best of loops from several cores, at most `count`, none sharing half its length with a better one. */
export function differing(loops: Chosen[], count: number): Chosen[] {
  const kept: Chosen[] = [];
  for (const loop of loops.toSorted((a, b) => a.rank - b.rank)) {
    if (kept.length < count && kept.every((other) => shared(other, loop) < SHARED_MOST)) kept.push(loop);
  }
  return kept;
}

/** Share of the shorter loop, approaches left out, that both go over. */
function shared({ meters: one }: Chosen, { meters: other }: Chosen): number {
  const sum = (meters: Map<number, number>): number => [...meters.values()].reduce((total, each) => total + each, 0);
  let both = 0;
  for (const [segment, meters] of one) if (other.has(segment)) both += meters;
  return both / Math.max(1, Math.min(sum(one), sum(other)));
}
