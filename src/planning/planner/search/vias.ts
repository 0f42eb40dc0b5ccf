import { noise, type PlanningGraph } from '../graph/planning-graph.js';
import type { LoopRequest } from '../loop-request.js';
import { DIRECTION_REACH_DEGREES, RINGS, SECTORS, SMALL_GRAPH } from '../weights.js';
import type { Tree } from './trees.js';

const GOLDEN = 0.618_033_988_749_895;

/**
 * Picks the points to plan through: nodes on rings around the start, spread over the compass in an order of which every
 * beginning is spread, so that a search may stop after any of them.
 */
export class ViaPicker {
  readonly #used: Uint8Array;
  readonly #graph: PlanningGraph;
  readonly #request: LoopRequest;
  readonly #root: number;
  readonly #turn: number;
  readonly #approachMeters: number;

  /** @param root the node where the approach ends, seen from which the compass is divided */
  constructor(graph: PlanningGraph, request: LoopRequest, root: number, approachMeters: number) {
    this.#graph = graph;
    this.#request = request;
    this.#approachMeters = approachMeters;
    this.#used = new Uint8Array(graph.nodeCount);
    this.#root = root;
    this.#turn = noise(request.seed, -1) / SECTORS;
  }

  /**
   * @param out paths from the start; only nodes that it reaches are picked
   * @returns nodes, each picked once in the life of the picker
   */
  pick(out: Tree, round: number, most: number): number[] {
    return this.#graph.nodeCount <= SMALL_GRAPH ? this.#pickAll(out, round, most) : this.#pickRings(out, round, most);
  }

  #lies(node: number): boolean {
    const { directionDegrees } = this.#request;
    if (directionDegrees === null) return true;
    const bearing = (Math.atan2(this.#graph.x[node], this.#graph.y[node]) * 180) / Math.PI;
    const off = Math.abs(((((bearing - directionDegrees) % 360) + 540) % 360) - 180);
    return off <= DIRECTION_REACH_DEGREES;
  }

  /** Which part of the compass a node lies in, seen from where the approach ends. */
  #sectorOf(node: number): number {
    const { x, y } = this.#graph;
    const bearing = Math.atan2(x[node] - x[this.#root], y[node] - y[this.#root]) / (2 * Math.PI);
    return Math.floor(((bearing + 1 + this.#turn) % 1) * SECTORS) % SECTORS;
  }

  /** Where there are few nodes each is tried, in an order that has nothing to do with where they lie. */
  #pickAll(out: Tree, round: number, most: number): number[] {
    const nodes: number[] = [];
    for (let i = 1; i < out.count; i++) if (this.#lies(out.order[i])) nodes.push(out.order[i]);
    const key = (node: number): number => (node * GOLDEN + noise(this.#request.seed, round)) % 1;
    const open = nodes.filter((node) => !this.#used[node]);
    const picked = (open.length > 0 ? open : nodes).sort((a, b) => key(a) - key(b)).slice(0, most);
    for (const node of picked) this.#used[node] = 1;
    return picked;
  }

  #pickRings(out: Tree, round: number, most: number): number[] {
    const { seed, lengthMeters } = this.#request;
    const rings = RINGS[round % RINGS.length];
    const around = lengthMeters - 2 * this.#approachMeters;
    const width = 0.04 * around;
    const best = new Int32Array(rings.length * SECTORS).fill(-1);
    const least = new Float64Array(rings.length * SECTORS).fill(Number.POSITIVE_INFINITY);
    for (let i = 1; i < out.count; i++) {
      const node = out.order[i];
      if (this.#used[node] || !this.#lies(node)) continue;
      const far = out.length[node] - this.#approachMeters;
      for (let ring = 0; ring < rings.length; ring++) {
        const off = Math.abs(far - rings[ring] * around);
        if (off > width) continue;
        const cell = ring * SECTORS + this.#sectorOf(node);
        const rank = off + width * noise(seed + 7 * round, node);
        if (rank < least[cell]) {
          least[cell] = rank;
          best[cell] = node;
        }
      }
    }
    const cells: number[] = [];
    for (let cell = 0; cell < best.length; cell++) if (best[cell] >= 0) cells.push(cell);
    const start = noise(seed, 1000 + round);
    const spread = (cell: number): number =>
      ((cell % SECTORS) * GOLDEN + Math.floor(cell / SECTORS) * GOLDEN * GOLDEN + start) % 1;
    const picked: number[] = [];
    for (const cell of cells.sort((a, b) => spread(a) - spread(b))) {
      if (picked.length >= most) break;
      if (this.#used[best[cell]]) continue;
      this.#used[best[cell]] = 1;
      picked.push(best[cell]);
    }
    return picked;
  }
}
