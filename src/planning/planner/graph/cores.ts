import { lookUpAfter, type StopFlag } from '../stop.js';
import type { Ball } from './ball.js';

/** The 2-edge-connected components of a ball, in the order in which bridges lead to them: a parent before its children. */
interface Components {
  count: number;
  /** By node of the ball. */
  of: Int32Array;
  /** By component: the component before it on the way from the start, and the bridge from there; -1 at the start. */
  parent: Int32Array;
  entryBridge: Int32Array;
  /** By component: metres of its edges. */
  meters: Float64Array;
  /** By component: 1 when it has edges, for none of them is a bridge. */
  hasCycle: Uint8Array;
}

/**
 * A part of a ball in which loops can lie: a 2-edge-connected component, with the bridges and components between it and
 * the start. Bridges are walked out and back.
 */
export interface Core {
  ball: Ball;
  components: Components;
  /** The component, or those of several cores as one. */
  own: number[];
  /** Metres of the component itself. */
  ownMeters: number;
  /** Metres of bridges between the start and the component, one way. */
  approachMeters: number;
  /** Metres that a closed walk can use at most: every edge once, the bridges twice. */
  mostMeters: number;
}

/**
 * Every component with a cycle in it, the one with the shortest approach first.
 * @returns nothing when there are only dead ends
 * @throws Cancelled when the flag says so
 */
export function findCores(ball: Ball, stop: StopFlag): Core[] {
  const components = componentsOf(ball, stop);
  const { parent, entryBridge, meters, hasCycle } = components;
  const cores: Core[] = [];
  let steps = 0;
  for (let c = 0; c < components.count; c++) {
    if (!hasCycle[c]) continue;
    let approachMeters = 0;
    let around = 0;
    for (let at = c; at >= 0; at = parent[at]) {
      lookUpAfter(++steps, stop);
      around += meters[at];
      if (entryBridge[at] >= 0) approachMeters += ball.length[entryBridge[at]];
    }
    const mostMeters = around + 2 * approachMeters;
    cores.push({ ball, components, own: [c], ownMeters: meters[c], approachMeters, mostMeters });
  }
  return cores.sort((one, two) => one.approachMeters - two.approachMeters);
}

function componentsOf({ nodeCount, a, b, offset, incident, isBridge, length }: Ball, stop: StopFlag): Components {
  const components: Components = {
    count: 1,
    of: new Int32Array(nodeCount).fill(-1),
    parent: new Int32Array(nodeCount).fill(-1),
    entryBridge: new Int32Array(nodeCount).fill(-1),
    meters: new Float64Array(nodeCount),
    hasCycle: new Uint8Array(nodeCount),
  };
  const { of, parent, entryBridge, meters, hasCycle } = components;
  /** By component: the node that the bridge leads to. */
  const root = new Int32Array(nodeCount);
  const queue = new Int32Array(nodeCount);
  let queued = 0;
  let looked = 0;
  for (let c = 0; c < components.count; c++) {
    of[root[c]] = c;
    queue[queued++] = root[c];
    let doubled = 0;
    while (looked < queued) {
      lookUpAfter(looked, stop);
      const node = queue[looked++];
      for (let k = offset[node]; k < offset[node + 1]; k++) {
        const edge = incident[k];
        const other = a[edge] === node ? b[edge] : a[edge];
        if (isBridge[edge]) {
          if (edge === entryBridge[c]) continue;
          const next = components.count++;
          root[next] = other;
          parent[next] = c;
          entryBridge[next] = edge;
          continue;
        }
        hasCycle[c] = 1;
        doubled += length[edge];
        if (of[other] < 0) {
          of[other] = c;
          queue[queued++] = other;
        }
      }
    }
    meters[c] = doubled / 2;
  }
  return components;
}

/**
 * What a core is made of.
 * @returns by edge of the ball: 1 when it belongs to the core or to the way there
 * @throws Cancelled when the flag says so
 */
export function edgesOf({ ball, components, own }: Core, stop: StopFlag): Uint8Array {
  const { edgeCount, a, isBridge } = ball;
  const { of, parent, entryBridge } = components;
  const onTheWay = new Uint8Array(components.count);
  const kept = new Uint8Array(edgeCount);
  for (const c of own) {
    for (let at = c; at >= 0 && !onTheWay[at]; at = parent[at]) {
      onTheWay[at] = 1;
      if (entryBridge[at] >= 0) kept[entryBridge[at]] = 1;
    }
  }
  for (let e = 0; e < edgeCount; e++) {
    lookUpAfter(e, stop);
    if (!isBridge[e] && onTheWay[of[a[e]]]) kept[e] = 1;
  }
  return kept;
}

/** All parts as one: a walk may go round in several of them, over the bridges between them out and back. */
export function joined(cores: Core[]): Core {
  if (cores.length === 1) return cores[0];
  const sum = (of: (core: Core) => number): number => cores.reduce((total, core) => total + of(core), 0);
  return {
    ...cores[0],
    own: cores.flatMap(({ own }) => own),
    ownMeters: sum(({ ownMeters }) => ownMeters),
    approachMeters: Math.min(...cores.map(({ approachMeters }) => approachMeters)),
    mostMeters: sum(({ mostMeters }) => mostMeters),
  };
}
