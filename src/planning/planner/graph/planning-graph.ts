import type { Area } from '../../network/area.js';
import { incidence } from '../../network/bridges.js';
import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import { turnE7 } from '../../network/longitude.js';
import { isTrail, WALK_BACKWARD, WALK_BOTH_WAYS, WALK_FORWARD } from '../../network/network.js';
import { lookUpAfter, type StopFlag } from '../stop.js';
import { ROAD_COST } from '../weights.js';
import type { Ball } from './ball.js';
import { type Chains, contract } from './contract.js';
import { edgesBeside } from './edges-beside.js';

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
  /** By half-edge: sum of the climbs between the turning points of the profile; 0 where the elevation is unknown. */
  climbMeters: Float64Array;
  isApproach: Uint8Array;
  /** By half-edge: twice the area (m²) between it and the start, signed. */
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

/** A number in [0, 1) from a seed and an id, the same everywhere. */
export function noise(seed: number, id: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(id + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** How much dearer than its length a seed may make a segment, so that another seed walks elsewhere. */
const SEED_NOISE = 0.35;

/** What `walkable` says of a segment, said of it walked `to` → `from`. */
const REVERSED = [0, WALK_BACKWARD, WALK_FORWARD, WALK_BOTH_WAYS];

/**
 * @param keep by edge of the ball: 1 for the edges to build from, which are connected and hold the start
 * @param seed 0 leaves the costs as they are
 * @throws Cancelled when the flag says so
 */
export function planningGraph(area: Area, ball: Ball, keep: Uint8Array, seed: number, stop: StopFlag): PlanningGraph {
  const chains = contract(ball, keep, stop);
  const { nodes, stepOffset, isApproach } = chains;
  const n = nodes.length;
  const m = isApproach.length;
  const graph: PlanningGraph = {
    nodeCount: n,
    edgeCount: m,
    head: new Int32Array(2 * m),
    length: new Float64Array(m),
    roadMeters: new Float64Array(m),
    climbMeters: new Float64Array(2 * m),
    isApproach,
    doubledArea: new Float64Array(2 * m),
    momentX: new Float64Array(m),
    momentY: new Float64Array(m),
    cost: new Float64Array(m),
    walkable: new Uint8Array(2 * m),
    hasOneWay: false,
    stepOffset,
    steps: new Int32Array(chains.steps.length),
    exitOffset: new Int32Array(0),
    exits: new Int32Array(2 * m),
    x: new Float64Array(n),
    y: new Float64Array(n),
    out: new Float64Array(n),
    back: new Float64Array(n),
    besideOffset: new Int32Array(0),
    beside: new Int32Array(0),
    besideMeters: new Float64Array(0),
  };
  measureEdges(area, ball, chains, seed, graph, stop);
  fillExits(chains, graph);
  const { offset, beside, meters } = edgesBeside(area, stepOffset, graph.steps, stop);
  graph.besideOffset = offset;
  graph.beside = beside;
  graph.besideMeters = meters;
  return graph;
}

/** What is known of nodes, and of edges as sums over their steps. */
function measureEdges(
  area: Area,
  ball: Ball,
  chains: Chains,
  seed: number,
  graph: PlanningGraph,
  stop: StopFlag,
): void {
  const { junctionLonE7, junctionLatE7, kind, walkable, climbMeters } = area;
  const start = ball.junction[0];
  const lonStart = junctionLonE7[start];
  const latStart = junctionLatE7[start];
  const north = METERS_PER_DEGREE / 1e7;
  const east = north * Math.cos((latStart / 1e7) * (Math.PI / 180));
  const eastOf = (junction: number): number => turnE7(lonStart, junctionLonE7[junction]) * east;
  const northOf = (junction: number): number => (junctionLatE7[junction] - latStart) * north;
  for (let i = 0; i < graph.nodeCount; i++) {
    lookUpAfter(i, stop);
    const node = chains.nodes[i];
    graph.x[i] = eastOf(ball.junction[node]);
    graph.y[i] = northOf(ball.junction[node]);
    graph.out[i] = ball.out[node];
    graph.back[i] = ball.back[node];
  }
  const { stepOffset, steps } = chains;
  for (let e = 0; e < graph.edgeCount; e++) {
    graph.head[2 * e] = chains.b[e];
    graph.head[2 * e + 1] = chains.a[e];
    const share = chains.share[e];
    let k = stepOffset[e];
    const end = stepOffset[e + 1];
    // The second half of a ring, whose one step is with the first.
    if (k === end) k = stepOffset[e - 1];
    let length = 0;
    let roadMeters = 0;
    let cost = 0;
    let doubledArea = 0;
    let momentX = 0;
    let momentY = 0;
    let up = 0;
    let down = 0;
    let ways = WALK_BOTH_WAYS;
    let x1 = graph.x[chains.a[e]];
    let y1 = graph.y[chains.a[e]];
    for (; k < end; k++) {
      lookUpAfter(k, stop);
      const step = steps[k];
      const edge = step >> 1;
      const half = ball.half[edge] ^ (step & 1);
      graph.steps[k] = half;
      const segment = half >> 1;
      const meters = ball.length[edge] * share;
      const trail = isTrail(kind[segment]);
      length += meters;
      if (!trail) roadMeters += meters;
      const dear = seed === 0 ? 1 : 1 + SEED_NOISE * noise(seed, area.segmentId[segment]);
      cost += meters * dear * (trail ? 1 : ROAD_COST);
      ways &= half & 1 ? REVERSED[walkable[segment]] : walkable[segment];
      const head = ball.junction[step & 1 ? ball.a[edge] : ball.b[edge]];
      const x2 = eastOf(head);
      const y2 = northOf(head);
      doubledArea += (x1 * y2 - x2 * y1) * share;
      momentX += (meters * (x1 + x2)) / 2;
      momentY += (meters * (y1 + y2)) / 2;
      x1 = x2;
      y1 = y2;
      up += share * climbMeters[half];
      down += share * climbMeters[half ^ 1];
    }
    graph.length[e] = length;
    graph.roadMeters[e] = roadMeters;
    graph.cost[e] = cost;
    graph.doubledArea[2 * e] = doubledArea;
    graph.doubledArea[2 * e + 1] = -doubledArea;
    graph.momentX[e] = momentX;
    graph.momentY[e] = momentY;
    graph.climbMeters[2 * e] = up;
    graph.climbMeters[2 * e + 1] = down;
    graph.walkable[2 * e] = ways & WALK_FORWARD ? 1 : 0;
    graph.walkable[2 * e + 1] = ways & WALK_BACKWARD ? 1 : 0;
    if (ways !== WALK_BOTH_WAYS) graph.hasOneWay = true;
  }
}

function fillExits({ a, b }: Chains, graph: PlanningGraph): void {
  const { offset, incident } = incidence(graph.nodeCount, a, b);
  graph.exitOffset = offset;
  for (let node = 0; node < graph.nodeCount; node++) {
    for (let k = offset[node]; k < offset[node + 1]; k++) {
      const edge = incident[k];
      // No edge ends where it begins (such chains are split), so its tail tells which half leaves.
      graph.exits[k] = a[edge] === node ? 2 * edge : 2 * edge + 1;
    }
  }
}
