import type { WayGraph } from '../src/planning/import/contract.js';

/**
 * Ways as a survey has them.
 * @param nodes longitude and latitude of each, in degrees × 1e7
 * @param ways numbers of nodes
 * @param direction of each way, both by default
 */
export function wayGraph(nodes: [number, number][], ways: number[][], direction = ways.map(() => 3)): WayGraph {
  const wayOffset = [0];
  for (const way of ways) wayOffset.push(wayOffset.at(-1)! + way.length);
  return {
    nodeLonE7: Int32Array.from(nodes, ([lon]) => lon),
    nodeLatE7: Int32Array.from(nodes, ([, lat]) => lat),
    wayOffset: Uint32Array.from(wayOffset),
    wayNodes: Uint32Array.from(ways.flat()),
    direction: Uint8Array.from(direction),
  };
}

/** Ways along the equator, where node n lies n × 111 m east of 0° E. */
export function equatorGraph(ways: number[][], direction?: number[]): WayGraph {
  const nodes = Array.from({ length: Math.max(...ways.flat()) + 1 }, (_, n): [number, number] => [n * 10_000, 0]);
  return wayGraph(nodes, ways, direction);
}
