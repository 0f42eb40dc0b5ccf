import { incidence } from '../../network/bridges.js';
import type { Ball } from './ball.js';

/**
 * A part of a ball in which loops can lie: a 2-edge-connected component, with the bridges and components between it and
 * the start. Bridges are walked out and back.
 */
export interface Core {
  /** By edge of the ball: 1 when it belongs to the core or to the way there. */
  keep: () => Uint8Array;
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
 */
export function findCores(ball: Ball): Core[] {
  const { nodeCount, edgeCount, a, b, isBridge, length } = ball;
  const { offset, incident } = incidence(nodeCount, a, b);
  const component = new Int32Array(nodeCount).fill(-1);
  const entryBridge: number[] = [];
  const parent: number[] = [];
  const meters: number[] = [];
  // Components in the order in which bridges lead to them, so that a parent comes before its children.
  const roots: { node: number; bridge: number; parent: number }[] = [{ node: 0, bridge: -1, parent: -1 }];
  for (let c = 0; c < roots.length; c++) {
    entryBridge.push(roots[c].bridge);
    parent.push(roots[c].parent);
    component[roots[c].node] = c;
    const queue = [roots[c].node];
    let doubled = 0;
    for (const node of queue) {
      for (let k = offset[node]; k < offset[node + 1]; k++) {
        const edge = incident[k];
        const other = a[edge] === node ? b[edge] : a[edge];
        if (isBridge[edge]) {
          if (component[other] < 0 && edge !== roots[c].bridge) roots.push({ node: other, bridge: edge, parent: c });
          continue;
        }
        doubled += length[edge];
        if (component[other] < 0) {
          component[other] = c;
          queue.push(other);
        }
      }
    }
    meters.push(doubled / 2);
  }
  const hasCycle = new Uint8Array(roots.length);
  for (let e = 0; e < edgeCount; e++) if (!isBridge[e]) hasCycle[component[a[e]]] = 1;
  const cores: Core[] = [];
  for (let c = 0; c < roots.length; c++) {
    if (!hasCycle[c]) continue;
    let approachMeters = 0;
    let around = 0;
    for (let at = c; at >= 0; at = parent[at]) {
      around += meters[at];
      if (entryBridge[at] >= 0) approachMeters += length[entryBridge[at]];
    }
    const keep = (): Uint8Array => {
      const onTheWay = new Uint8Array(roots.length);
      const kept = new Uint8Array(edgeCount);
      for (let at = c; at >= 0; at = parent[at]) {
        onTheWay[at] = 1;
        if (entryBridge[at] >= 0) kept[entryBridge[at]] = 1;
      }
      for (let e = 0; e < edgeCount; e++) if (!isBridge[e] && onTheWay[component[a[e]]]) kept[e] = 1;
      return kept;
    };
    cores.push({ keep, ownMeters: meters[c], approachMeters, mostMeters: around + 2 * approachMeters });
  }
  return cores.sort((one, two) => one.approachMeters - two.approachMeters);
}

/** All parts as one: a walk may go round in several of them, over the bridges between them out and back. */
export function joined(cores: Core[]): Core {
  if (cores.length === 1) return cores[0];
  const keep = (): Uint8Array => {
    const [first, ...others] = cores.map((core) => core.keep());
    for (const other of others) for (let e = 0; e < first.length; e++) first[e] |= other[e];
    return first;
  };
  const sum = (of: (core: Core) => number): number => cores.reduce((total, core) => total + of(core), 0);
  return {
    keep,
    ownMeters: sum(({ ownMeters }) => ownMeters),
    approachMeters: Math.min(...cores.map(({ approachMeters }) => approachMeters)),
    mostMeters: sum(({ mostMeters }) => mostMeters),
  };
}
