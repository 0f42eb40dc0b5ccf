import type { PlanningGraph } from '../graph/planning-graph.js';
import { ascentMiss } from '../score.js';
import { CROSSED, SCORE } from '../weights.js';
import type { Candidate } from './candidate.js';
import { Strands } from './strands.js';
import { Uses } from './uses.js';
import type { Workspace } from './workspace.js';

/** Another way between two nodes of a walk, as some other walk has it. */
interface Detour {
  /** Half-edges `from … to - 1` of the walk are replaced. */
  from: number;
  to: number;
  /** By the half-edges `first … end - 1` of all strands, backwards if so said. */
  first: number;
  end: number;
  isBackwards: boolean;
  /** How much more the walk has with it than without. */
  meters: number;
  roadMeters: number;
  climbMeters: number;
  doubledArea: number;
  repeatedMeters: number;
}

const NO_DETOUR: Detour = {
  from: 0,
  to: 0,
  first: 0,
  end: 0,
  isBackwards: false,
  meters: 0,
  roadMeters: 0,
  climbMeters: 0,
  doubledArea: 0,
  repeatedMeters: 0,
};

/** A walk with one detour, or two. */
interface Combination {
  /** What it may score. */
  bound: number;
  a: Detour;
  b: Detour;
}

/**
 * Puts into walks, in place of one stretch of them or two, what others have there. Nothing is searched for, and of a
 * combination no more than sums are looked at unless it may be better. After the partition crossover of Whitley, Hains and Howe ("Tunneling between optima", 2009), where however what
 * two walks have in common need not be kept.
 * @param ones walks to improve; what comes of them goes to the pool
 * @param others walks to take stretches from
 */
export function crossWalks(space: Workspace, ones: Candidate[], others: Candidate[]): void {
  const walks = [...ones, ...others.filter((other) => !ones.includes(other))].map(({ walk }) => walk);
  const crossing = new Crossing(space, walks);
  for (let i = 0; i < ones.length; i++) crossing.cross(i, ones[i].score);
}

class Crossing {
  readonly #space: Workspace;
  readonly #walks: Int32Array[];
  readonly #strands: Strands;
  /** By node: where the walk at hand passes it; -1 where it does not, or more than once. */
  readonly #position: Int32Array;
  readonly #scratch: Int32Array;

  constructor(space: Workspace, walks: Int32Array[]) {
    this.#space = space;
    this.#walks = walks;
    this.#scratch = new Int32Array(3 * walks.reduce((most, { length }) => Math.max(most, length), 0));
    this.#strands = new Strands(space.graph, walks);
    this.#position = new Int32Array(space.graph.nodeCount);
  }

  /** @param score of that walk: only what may have less is tried */
  cross(index: number, score: number): void {
    const { judge, pool } = this.#space;
    for (const { a, b } of this.#promising(index, score)) {
      const count = this.#put(this.#walks[index], a, b);
      pool.add(judge.judge(this.#scratch, count, CROSSED.tolerance));
    }
  }

  /** The few best of what a walk can be with one detour or two, by sums alone. */
  #promising(index: number, score: number): Combination[] {
    const { graph, aim } = this.#space;
    const { lengthMeters } = this.#space.request;
    const { window } = aim;
    const { start } = this.#strands;
    const { meters, roadMeters, climbMeters, doubledArea } = this.#strands.sums;
    const first = start[index];
    const end = first + this.#strands.steps(index);
    const uses = new Uses(graph);
    const repeated = uses.addAll(this.#walks[index]);
    const detours = this.#detours(index, uses);
    const best: Combination[] = [];
    const byBound = (one: Combination, other: Combination): number => one.bound - other.bound;
    let least = score;
    for (let i = 0; i < detours.length; i++) {
      const a = detours[i];
      for (let j = i; j < detours.length; j++) {
        const b = j === i ? NO_DETOUR : detours[j];
        if (j > i && b.from < a.to) continue;
        const length = meters[end] - meters[first] + a.meters + b.meters;
        const off = Math.abs(length - lengthMeters);
        if (off > CROSSED.tolerance * lengthMeters) continue;
        const road = roadMeters[end] - roadMeters[first] + a.roadMeters + b.roadMeters;
        const area = doubledArea[end] - doubledArea[first] + a.doubledArea + b.doubledArea;
        const roundness = (2 * Math.PI * Math.abs(area)) / (length * length);
        // What a walk is scored by but for corridors and its direction.
        let bound = (SCORE.lengthError * off) / lengthMeters + (SCORE.roadShare * road) / length;
        bound += (SCORE.overlapShare * (repeated + a.repeatedMeters + b.repeatedMeters)) / length;
        bound -= SCORE.roundness * Math.min(SCORE.roundnessEnough, roundness);
        if (window !== null) {
          const miss = ascentMiss(
            climbMeters[end] - climbMeters[first] + a.climbMeters + b.climbMeters,
            window.min,
            window.max,
          );
          if (miss > 0) bound += SCORE.ascentMissed + SCORE.ascentMiss * miss;
        }
        if (bound >= least) continue;
        best.push({ bound, a, b });
        // In a grid of streets nearly everything has the right length: what is kept is cut back now and then.
        if (best.length < 2 * CROSSED.tried) continue;
        best.sort(byBound).length = CROSSED.tried;
        least = best[CROSSED.tried - 1].bound;
      }
    }
    return best.sort(byBound).slice(0, CROSSED.tried);
  }

  /** What other walks do elsewhere, each once, in the order in which it leaves the walk. */
  #detours(index: number, uses: Uses): Detour[] {
    const { head } = this.#space.graph;
    const { start, half } = this.#strands;
    const position = this.#position;
    const steps = this.#strands.steps(index);
    position.fill(-1);
    for (let i = steps - 1; i > 0; i--) {
      const tail = head[half[start[index] + i] ^ 1];
      position[tail] = position[tail] === -1 ? i : -2;
    }
    position[0] = 0;
    const detours = new Detours(this.#space.graph, this.#strands, index, uses);
    for (let w = 0; w < this.#walks.length && detours.all.length < CROSSED.detours; w++) {
      if (w === index) continue;
      let last = 0;
      let first = start[w];
      for (let i = first, end = first + this.#strands.steps(w); i < end; i++) {
        const at = position[head[half[i]]];
        if (at < 0) continue;
        // A walk begins and ends at node 0: what touches it there may stand at either end.
        if (last > 0 || at > 0) detours.add(last, at, first, i + 1);
        if (last > 0 && at === 0) detours.add(last, steps, first, i + 1);
        if (last === 0 && at > 0) detours.add(steps, at, first, i + 1);
        last = at;
        first = i + 1;
      }
    }
    return detours.all.sort((a, b) => a.from - b.from);
  }

  /** Puts the walk with its detours into the scratch memory. */
  #put(walk: Int32Array, a: Detour, b: Detour): number {
    const { half } = this.#strands;
    const scratch = this.#scratch;
    let count = 0;
    let at = 0;
    for (const detour of b === NO_DETOUR ? [a] : [a, b]) {
      while (at < detour.from) scratch[count++] = walk[at++];
      if (detour.isBackwards) for (let i = detour.end - 1; i >= detour.first; i--) scratch[count++] = half[i] ^ 1;
      else for (let i = detour.first; i < detour.end; i++) scratch[count++] = half[i];
      at = detour.to;
    }
    while (at < walk.length) scratch[count++] = walk[at++];
    return count;
  }
}

/** Detours of one walk, each once: most walks of a pool are variants of each other. */
class Detours {
  readonly all: Detour[] = [];
  readonly #graph: PlanningGraph;
  readonly #strands: Strands;
  readonly #own: number;
  readonly #uses: Uses;
  readonly #known = new Set<number>();

  constructor(graph: PlanningGraph, strands: Strands, index: number, uses: Uses) {
    this.#uses = uses;
    this.#graph = graph;
    this.#strands = strands;
    this.#own = strands.start[index];
  }

  /** Half-edges `first … end - 1` of all strands, which lead from one place of the walk to another. */
  add(leaves: number, returns: number, first: number, end: number): void {
    const { half, sums } = this.#strands;
    const { meters, roadMeters, climbMeters, dropMeters, doubledArea } = sums;
    const { hasOneWay, walkable } = this.#graph;
    if (leaves === returns) return;
    const isBackwards = leaves > returns;
    const from = isBackwards ? returns : leaves;
    const to = isBackwards ? leaves : returns;
    const own = this.#own + from;
    const ownEnd = this.#own + to;
    if (end - first === 1 && to - from === 1 && half[first] >> 1 === half[own] >> 1) return;
    const length = meters[end] - meters[first];
    // The same stretch to 10 cm, between the same places; shifted into the range of integers that sets are fast with.
    const key = Math.imul(from + 1, 0x9e3779b1) ^ Math.imul(to + 1, 0x85ebca6b) ^ Math.round(10 * length);
    if (this.#known.has(key >> 2)) return;
    this.#known.add(key >> 2);
    if (isBackwards && hasOneWay) for (let i = first; i < end; i++) if (!walkable[half[i] ^ 1]) return;
    const climb = isBackwards ? dropMeters : climbMeters;
    const area = doubledArea[end] - doubledArea[first];
    this.all.push({
      from,
      to,
      first,
      end,
      isBackwards,
      meters: length - (meters[ownEnd] - meters[own]),
      roadMeters: roadMeters[end] - roadMeters[first] - (roadMeters[ownEnd] - roadMeters[own]),
      climbMeters: climb[end] - climb[first] - (climbMeters[ownEnd] - climbMeters[own]),
      doubledArea: (isBackwards ? -area : area) - (doubledArea[ownEnd] - doubledArea[own]),
      repeatedMeters: this.#uses.replaced(half, own, ownEnd, first, end),
    });
  }
}
