import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RoadNetwork } from './region.js';
import { returnableNodes } from './strong-components.js';

type Edge = [from: number, to: number, open: 'both' | 'forward' | 'backward'];

function roadsOf(nodes: number, edges: Edge[]): RoadNetwork {
  return {
    nodeLonE7: new Int32Array(nodes),
    nodeLatE7: new Int32Array(nodes),
    from: Uint32Array.from(edges, ([a]) => a),
    to: Uint32Array.from(edges, ([, b]) => b),
    lengthMeters: new Float32Array(edges.length),
    secondsForward: Float32Array.from(edges, ([, , open]) => (open === 'backward' ? Infinity : 1)),
    secondsBackward: Float32Array.from(edges, ([, , open]) => (open === 'forward' ? Infinity : 1)),
  };
}

test('a dead end that is one-way can only be entered or left, a roundabout is one with its roads', () => {
  const edges: Edge[] = [
    [0, 1, 'forward'],
    [1, 2, 'forward'],
    [2, 0, 'forward'],
    [2, 3, 'both'],
    [3, 4, 'forward'],
    [5, 3, 'forward'],
  ];
  expect([...returnableNodes(roadsOf(7, edges))]).toEqual([4, 4, 4, 4, 1, 1, 1]);
});

test('in any network it is the number of nodes that can be reached and come back from', () => {
  const nodes = 8;
  const edge = fc.tuple(
    fc.nat(nodes - 1),
    fc.nat(nodes - 1),
    fc.constantFrom('both' as const, 'forward' as const, 'backward' as const),
  );
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 16 }), (edges) => {
      // Warshall: who reaches whom.
      const reach = Array.from({ length: nodes }, (_, a) => Array.from({ length: nodes }, (_, b) => a === b));
      for (const [a, b, open] of edges) {
        if (open !== 'backward') reach[a]![b] = true;
        if (open !== 'forward') reach[b]![a] = true;
      }
      for (let k = 0; k < nodes; k++) {
        for (let a = 0; a < nodes; a++) for (let b = 0; b < nodes; b++) reach[a]![b] ||= reach[a]![k]! && reach[k]![b]!;
      }
      const expected = reach.map((row, a) => row.filter((there, b) => there && reach[b]![a]).length);
      expect([...returnableNodes(roadsOf(nodes, edges))]).toEqual(expected);
    }),
  );
});
