import { type Area, headOf, isWalkable, tailOf } from '../../network/area.js';
import { incidence } from '../../network/bridges.js';
import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import { turnE7 } from '../../network/longitude.js';
import { isTrail } from '../../network/network.js';
import type { Ball } from './ball.js';
import { ROAD_COST } from './weights.js';

/**
 * What the search runs on: the core of a ball without its dead ends, where chains of segments between two real forks are
 * one edge. A half-edge is edge × 2, plus 1 when walked `b` → `a`. Node 0 is the start.
 */
export interface PlanningGraph {
  nodeCount: number;
  edgeCount: number;
  /** By half-edge: where it leads. */
  head: Int32Array;
  /** By edge. */
  length: Float64Array;
  roadMeters: Float64Array;
  /** Sums over the turning points of the profile, walked a → b; 0 where the elevation is unknown. */
  up: Float64Array;
  down: Float64Array;
  isApproach: Uint8Array;
  /** Twice the area (m²) between the edge and the start, signed, walked a → b. */
  doubledArea: Float64Array;
  /** Metres times the middle of the edge, in metres east and north of the start. */
  momentX: Float64Array;
  momentY: Float64Array;
  /** Cost of walking each edge, before anything is marked as used. */
  cost: Float64Array;
  /** By half-edge: 1 when it may be walked. */
  walkable: Uint8Array;
  /** 1 when some edge may be walked one way only. */
  hasOneWay: boolean;
  /** Half-edges of the area, walked a → b. */
  stepOffset: Int32Array;
  steps: Int32Array;
  /** Half-edges that leave each node. */
  exitOffset: Int32Array;
  exits: Int32Array;
  /** By node: metres east and north of the start; least metres from the start and back. */
  x: Float64Array;
  y: Float64Array;
  out: Float64Array;
  back: Float64Array;
  /** Edges in the corridor of each edge, and for how many metres. */
  besideOffset: Int32Array;
  beside: Int32Array;
  besideMeters: Float64Array;
}

/** Edges while they are being made. */
interface Draft {
  a: number[];
  b: number[];
  steps: number[][];
  stepCount: number;
  /** Half of an edge that ends where it began: the other half has the steps, this the same length. */
  share: number[];
  approach: number[];
}

/** A number in [0, 1) from a seed and an id, the same everywhere. */
export function noise(seed: number, id: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(id + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** How much dearer than its length a seed may make a segment, so that another seed walks elsewhere. */
const SEED_NOISE = 0.35;

/**
 * @param keep by edge of the ball: 1 for the edges to build from, which are connected and hold the start
 * @param seed 0 leaves the costs as they are
 */
export function planningGraph(area: Area, ball: Ball, keep: Uint8Array, seed: number): PlanningGraph {
  const { nodes, draft } = contract(ball, keep);
  const n = nodes.length;
  const m = draft.a.length;
  const start = ball.junction[0];
  const lonStart = area.junctionLonE7[start];
  const latStart = area.junctionLatE7[start];
  const east = (METERS_PER_DEGREE / 1e7) * Math.cos((latStart / 1e7) * (Math.PI / 180));
  const north = METERS_PER_DEGREE / 1e7;
  const eastOf = (junction: number): number => turnE7(lonStart, area.junctionLonE7[junction]) * east;
  const northOf = (junction: number): number => (area.junctionLatE7[junction] - latStart) * north;
  const graph: PlanningGraph = {
    nodeCount: n,
    edgeCount: m,
    head: new Int32Array(2 * m),
    length: new Float64Array(m),
    roadMeters: new Float64Array(m),
    up: new Float64Array(m),
    down: new Float64Array(m),
    isApproach: Uint8Array.from(draft.approach),
    doubledArea: new Float64Array(m),
    momentX: new Float64Array(m),
    momentY: new Float64Array(m),
    cost: new Float64Array(m),
    walkable: new Uint8Array(2 * m),
    hasOneWay: false,
    stepOffset: new Int32Array(m + 1),
    steps: new Int32Array(draft.stepCount),
    exitOffset: new Int32Array(n + 1),
    exits: new Int32Array(2 * m),
    x: new Float64Array(n),
    y: new Float64Array(n),
    out: new Float64Array(n),
    back: new Float64Array(n),
    besideOffset: new Int32Array(m + 1),
    beside: new Int32Array(0),
    besideMeters: new Float64Array(0),
  };
  for (let i = 0; i < n; i++) {
    const junction = ball.junction[nodes[i]];
    graph.x[i] = eastOf(junction);
    graph.y[i] = northOf(junction);
    graph.out[i] = ball.out[nodes[i]];
    graph.back[i] = ball.back[nodes[i]];
  }
  for (let e = 0; e < m; e++) {
    graph.head[2 * e] = draft.b[e];
    graph.head[2 * e + 1] = draft.a[e];
    graph.stepOffset[e + 1] = graph.stepOffset[e] + draft.steps[e].length;
    graph.steps.set(draft.steps[e], graph.stepOffset[e]);
    let forth = 1;
    let reverse = 1;
    for (const half of draft.share[e] < 1 && draft.steps[e].length === 0 ? draft.steps[e - 1] : draft.steps[e]) {
      const segment = half >> 1;
      const meters = area.lengthMeters[segment] * draft.share[e];
      const trail = isTrail(area.kind[segment]);
      graph.length[e] += meters;
      if (!trail) graph.roadMeters[e] += meters;
      const dear = seed === 0 ? 1 : 1 + SEED_NOISE * noise(seed, area.segmentId[segment]);
      graph.cost[e] += meters * dear * (trail ? 1 : ROAD_COST);
      if (!isWalkable(area, half)) forth = 0;
      if (!isWalkable(area, half ^ 1)) reverse = 0;
      const x1 = eastOf(tailOf(area, half));
      const y1 = northOf(tailOf(area, half));
      const x2 = eastOf(headOf(area, half));
      const y2 = northOf(headOf(area, half));
      graph.doubledArea[e] += (x1 * y2 - x2 * y1) * draft.share[e];
      graph.momentX[e] += (meters * (x1 + x2)) / 2;
      graph.momentY[e] += (meters * (y1 + y2)) / 2;
      addClimb(area, half, draft.share[e], graph, e);
    }
    graph.walkable[2 * e] = forth;
    graph.walkable[2 * e + 1] = reverse;
    if (forth + reverse < 2) graph.hasOneWay = true;
  }
  const { offset, incident } = incidence(n, Int32Array.from(draft.a), Int32Array.from(draft.b));
  graph.exitOffset = offset;
  for (let node = 0; node < n; node++) {
    for (let k = offset[node]; k < offset[node + 1]; k++) {
      const edge = incident[k];
      // No edge ends where it begins (such chains are split), so its tail tells which half leaves.
      graph.exits[k] = draft.a[edge] === node ? 2 * edge : 2 * edge + 1;
    }
  }
  fillBeside(area, graph);
  return graph;
}

function addClimb(area: Area, half: number, share: number, graph: PlanningGraph, edge: number): void {
  const segment = half >> 1;
  const { columns } = area.tiles[area.tileOf[segment]];
  const slot = area.slotOf[segment];
  let up = 0;
  let down = 0;
  for (let k = columns.turnOffset[slot] + 1; k < columns.turnOffset[slot + 1]; k++) {
    const rise = (columns.turnElevation[k] - columns.turnElevation[k - 1]) / 2;
    if (rise > 0) up += rise;
    else down -= rise;
  }
  graph.up[edge] += share * (half & 1 ? down : up);
  graph.down[edge] += share * (half & 1 ? up : down);
}

/** Chains become edges; nodes are numbered in the order of the ball, node 0 first. */
function contract(ball: Ball, keep: Uint8Array): { nodes: number[]; draft: Draft } {
  const degree = new Int32Array(ball.nodeCount);
  for (let e = 0; e < ball.edgeCount; e++) {
    if (!keep[e]) continue;
    degree[ball.a[e]]++;
    degree[ball.b[e]]++;
  }
  const { offset, incident } = incidence(ball.nodeCount, ball.a, ball.b);
  const nodes: number[] = [];
  const nodeOf = new Int32Array(ball.nodeCount).fill(-1);
  for (let node = 0; node < ball.nodeCount; node++) {
    if (node === 0 || (degree[node] > 0 && degree[node] !== 2)) nodeOf[node] = nodes.push(node) - 1;
  }
  const draft: Draft = { a: [], b: [], steps: [], stepCount: 0, share: [], approach: [] };
  const add = (a: number, b: number, steps: number[], share: number, approach: number): void => {
    draft.a.push(a);
    draft.b.push(b);
    draft.steps.push(steps);
    draft.stepCount += steps.length;
    draft.share.push(share);
    draft.approach.push(approach);
  };
  const used = new Uint8Array(ball.edgeCount);
  const forks = nodes.length;
  for (let i = 0; i < forks; i++) {
    for (let k = offset[nodes[i]]; k < offset[nodes[i] + 1]; k++) {
      let edge = incident[k];
      if (!keep[edge] || used[edge]) continue;
      const steps: number[] = [];
      const through: number[] = [];
      let node = nodes[i];
      for (;;) {
        used[edge] = 1;
        const forward = ball.a[edge] === node;
        steps.push(forward ? ball.half[edge] : ball.half[edge] ^ 1);
        node = forward ? ball.b[edge] : ball.a[edge];
        if (nodeOf[node] >= 0 && nodeOf[node] < forks) break;
        through.push(node);
        for (let j = offset[node]; j < offset[node + 1]; j++) {
          if (keep[incident[j]] && !used[incident[j]]) edge = incident[j];
        }
      }
      const end = nodeOf[node];
      const approach = ball.isBridge[edge];
      if (end !== i) add(i, end, steps, 1, approach);
      else if (through.length > 0) {
        // A chain that comes back to its fork: two edges that meet in its middle, or no shortest path would ever take it.
        const cut = through.length >> 1;
        const middle = nodes.push(through[cut]) - 1;
        add(i, middle, steps.slice(0, cut + 1), 1, approach);
        add(middle, i, steps.slice(cut + 1), 1, approach);
      } else {
        const middle = nodes.push(nodes[i]) - 1;
        add(i, middle, steps, 0.5, approach);
        add(middle, i, [], 0.5, approach);
      }
    }
  }
  return { nodes, draft };
}

/** Corridors of segments, summed to edges. */
function fillBeside(area: Area, graph: PlanningGraph): void {
  const edgeOf = new Int32Array(area.segmentCount).fill(-1);
  for (let e = 0; e < graph.edgeCount; e++) {
    for (let k = graph.stepOffset[e]; k < graph.stepOffset[e + 1]; k++) edgeOf[graph.steps[k] >> 1] = e;
  }
  const beside: number[] = [];
  const besideMeters: number[] = [];
  const slotOf = new Int32Array(graph.edgeCount).fill(-1);
  for (let e = 0; e < graph.edgeCount; e++) {
    const first = beside.length;
    graph.besideOffset[e] = first;
    for (let k = graph.stepOffset[e]; k < graph.stepOffset[e + 1]; k++) {
      const segment = graph.steps[k] >> 1;
      for (let j = area.besideOffset[segment]; j < area.besideOffset[segment + 1]; j++) {
        const other = edgeOf[area.beside[j]];
        if (other < 0 || other === e) continue;
        if (slotOf[other] < first) {
          slotOf[other] = beside.push(other) - 1;
          besideMeters.push(0);
        }
        besideMeters[slotOf[other]] += area.besideMeters[j];
      }
    }
  }
  graph.besideOffset[graph.edgeCount] = beside.length;
  graph.beside = Int32Array.from(beside);
  graph.besideMeters = Float64Array.from(besideMeters);
}
