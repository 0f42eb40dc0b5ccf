import type { Area } from '../../network/area.js';
import { AscentMeter } from '../../network/turning-points.js';
import type { PlanningGraph } from '../graph/planning-graph.js';
import type { LoopRequest } from '../loop-request.js';
import { ascentMiss } from '../score.js';
import { LONG_APPROACH_SHARE, SCORE } from '../weights.js';

/** A closed walk in the planning graph and what is known of it without looking at its geometry. */
export interface Candidate {
  /** Half-edges in the order of walking. */
  walk: Int32Array;
  lengthMeters: number;
  /** By turning points; NaN when the request has no window. */
  ascentMeters: number;
  score: number;
  /** The part of the score that is not a matter of taste: everything but road and roundness. */
  fault: number;
  /** Equal for walks over the same edges. */
  fingerprint: number;
}

/** Nearer than this along the walk, the next bend of a trail is no repetition. */
const APART_METERS = 200;

/** Judges walks; one a plan, with scratch memory of its own. */
export class Judge {
  readonly #area: Area;
  readonly #graph: PlanningGraph;
  readonly #request: LoopRequest;
  readonly #stamp: Int32Array;
  readonly #position: Float64Array;
  #walkNumber = 0;
  #stack: Int32Array;
  readonly #meter = new AscentMeter();
  readonly #wantsAscent: boolean;
  readonly #directionX: number;
  readonly #directionY: number;

  constructor(area: Area, graph: PlanningGraph, request: LoopRequest) {
    this.#area = area;
    this.#graph = graph;
    this.#request = request;
    this.#stamp = new Int32Array(graph.edgeCount);
    this.#position = new Float64Array(graph.edgeCount);
    this.#stack = new Int32Array(8 * graph.edgeCount + 64);
    this.#wantsAscent = request.minAscentMeters !== null || request.maxAscentMeters !== null;
    const radians = ((request.directionDegrees ?? 0) * Math.PI) / 180;
    this.#directionX = Math.sin(radians);
    this.#directionY = Math.cos(radians);
  }

  /**
   * @param halves of a closed walk from node 0; steps straight back over the same edge are taken out
   * @param count how many of them
   * @returns null when the walk is nothing or too far from the requested length
   */
  judge(halves: Int32Array, count: number, tolerance: number): Candidate | null {
    const graph = this.#graph;
    if (count > this.#stack.length) this.#stack = new Int32Array(2 * count);
    const stack = this.#stack;
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (size > 0 && stack[size - 1] === (halves[i] ^ 1)) size--;
      else stack[size++] = halves[i];
    }
    if (size === 0) return null;
    let length = 0;
    for (let i = 0; i < size; i++) length += graph.length[stack[i] >> 1];
    if (Math.abs(length / this.#request.lengthMeters - 1) > tolerance) return null;
    return this.#measure(stack.slice(0, size), length);
  }

  #measure(walk: Int32Array, lengthMeters: number): Candidate {
    const graph = this.#graph;
    const stamp = this.#stamp;
    const number = ++this.#walkNumber;
    let at = 0;
    let road = 0;
    let approach = 0;
    let overlap = 0;
    let doubledArea = 0;
    let momentX = 0;
    let momentY = 0;
    let fingerprint = 0;
    for (let i = 0; i < walk.length; i++) {
      const half = walk[i];
      const edge = half >> 1;
      const meters = graph.length[edge];
      road += graph.roadMeters[edge];
      momentX += graph.momentX[edge];
      momentY += graph.momentY[edge];
      doubledArea += graph.doubledArea[half];
      fingerprint = (fingerprint + Math.imul(edge + 1, 0x9e3779b1) * (1 + (edge & 7))) | 0;
      if (graph.isApproach[edge]) approach += meters;
      else if (stamp[edge] === number) overlap += meters;
      else {
        overlap += Math.min(meters, this.#beside(edge, at, lengthMeters, number));
        stamp[edge] = number;
        this.#position[edge] = at;
      }
      at += meters;
    }
    const request = this.#request;
    const roundness = (2 * Math.PI * Math.abs(doubledArea)) / (lengthMeters * lengthMeters);
    let fault =
      SCORE.lengthError * Math.abs(lengthMeters / request.lengthMeters - 1) +
      (SCORE.overlapShare * overlap) / lengthMeters +
      this.directionCost(this.#cosineOf(momentX, momentY));
    if (approach > LONG_APPROACH_SHARE * lengthMeters) fault += SCORE.longApproach;
    let ascentMeters = Number.NaN;
    if (this.#wantsAscent) {
      ascentMeters = this.ascent(walk);
      const miss = ascentMiss(ascentMeters, request.minAscentMeters, request.maxAscentMeters);
      if (miss > 0) fault += SCORE.ascentMissed + SCORE.ascentMiss * miss;
    }
    const score =
      fault + (SCORE.roadShare * road) / lengthMeters - SCORE.roundness * Math.min(SCORE.roundnessEnough, roundness);
    return { walk, lengthMeters, ascentMeters, score, fault, fingerprint };
  }

  /** Metres of an edge beside what was walked more than 200 m before, and will not come again within 200 m. */
  #beside(edge: number, at: number, lengthMeters: number, number: number): number {
    const { besideOffset, beside, besideMeters, length, isApproach } = this.#graph;
    let meters = 0;
    for (let k = besideOffset[edge]; k < besideOffset[edge + 1]; k++) {
      const other = beside[k];
      if (this.#stamp[other] !== number || isApproach[other]) continue;
      const since = at - this.#position[other];
      const between = since - length[other];
      const around = lengthMeters - since - length[edge];
      const near = Math.min(between, around);
      // Two edges that meet at a fork count only for what lies further than 200 m along the walk.
      const reach = near + 2 * besideMeters[k];
      if (reach > APART_METERS) meters += Math.min(besideMeters[k], (reach - APART_METERS) / 2);
    }
    return meters;
  }

  /** Cosine between the direction asked and the middle of a walk; 1 when none was asked. */
  directionCosine(walk: ArrayLike<number>): number {
    let momentX = 0;
    let momentY = 0;
    for (let i = 0; i < walk.length; i++) {
      momentX += this.#graph.momentX[walk[i] >> 1];
      momentY += this.#graph.momentY[walk[i] >> 1];
    }
    return this.#cosineOf(momentX, momentY);
  }

  #cosineOf(x: number, y: number): number {
    if (this.#request.directionDegrees === null) return 1;
    const far = Math.hypot(x, y);
    return far > 0 ? (x * this.#directionX + y * this.#directionY) / far : 0;
  }

  /** What it costs that the middle of a walk lies off the direction asked. */
  directionCost(cosine: number): number {
    return SCORE.direction * Math.max(0, SCORE.directionEnough - cosine);
  }

  /** Ascent of a walk under hysteresis, from the turning points of its segments; NaN when some elevation is unknown. */
  ascent(walk: ArrayLike<number>): number {
    const { stepOffset, steps } = this.#graph;
    const meter = this.#meter;
    meter.start();
    for (let i = 0; i < walk.length; i++) {
      const half = walk[i];
      const first = stepOffset[half >> 1];
      const last = stepOffset[(half >> 1) + 1] - 1;
      if (half & 1) for (let k = last; k >= first; k--) this.#climb(steps[k] ^ 1);
      else for (let k = first; k <= last; k++) this.#climb(steps[k]);
    }
    meter.finish();
    return meter.ascentMeters;
  }

  #climb(half: number): void {
    const { columns } = this.#area.tiles[this.#area.tileOf[half >> 1]];
    const slot = this.#area.slotOf[half >> 1];
    const start = columns.turnOffset[slot];
    const end = columns.turnOffset[slot + 1];
    if (half & 1) for (let k = end - 1; k >= start; k--) this.#meter.add(columns.turnElevation[k]);
    else for (let k = start; k < end; k++) this.#meter.add(columns.turnElevation[k]);
  }
}

/** The half-edges of the area that a walk of the planning graph goes over. */
export function stepsOf(graph: PlanningGraph, walk: ArrayLike<number>): number[] {
  const steps: number[] = [];
  for (let i = 0; i < walk.length; i++) {
    const half = walk[i];
    const first = graph.stepOffset[half >> 1];
    const last = graph.stepOffset[(half >> 1) + 1] - 1;
    if (half & 1) for (let k = last; k >= first; k--) steps.push(graph.steps[k] ^ 1);
    else for (let k = first; k <= last; k++) steps.push(graph.steps[k]);
  }
  return steps;
}
