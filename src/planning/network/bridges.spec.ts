import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findBridges, incidence } from './bridges.js';

/** In how many parts a graph is without one of its edges. */
function parts(nodeCount: number, edges: [number, number][], without: number): number {
  const part = Array.from({ length: nodeCount }, (_, node) => node);
  edges.forEach(([a, b], edge) => {
    if (edge === without) return;
    const [from, to] = [part[a], part[b]];
    part.forEach((p, node) => {
      if (p === from) part[node] = to;
    });
  });
  return new Set(part).size;
}

const columns = (edges: [number, number][]) => ({
  a: Int32Array.from(edges, ([a]) => a),
  b: Int32Array.from(edges, ([, b]) => b),
});

test('a bridge is an edge without which there is one part more, in any graph, rings and parallel edges included', () => {
  const graph = fc
    .integer({ min: 1, max: 12 })
    .chain((nodeCount) =>
      fc.tuple(
        fc.constant(nodeCount),
        fc.array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1)), { maxLength: 20 }),
      ),
    );
  fc.assert(
    fc.property(graph, ([nodeCount, edges]) => {
      const { a, b } = columns(edges);
      const whole = parts(nodeCount, edges, -1);
      const expected = edges.map((_, edge) => (parts(nodeCount, edges, edge) > whole ? 1 : 0));
      expect([...findBridges(a, b, incidence(nodeCount, a, b))]).toEqual(expected);
    }),
  );
});

test('looking for bridges can be given up every 2048 nodes', () => {
  const { a, b } = columns(Array.from({ length: 10_000 }, (_, i) => [i, i + 1]));
  const at = incidence(10_001, a, b);
  let breaths = 0;
  findBridges(a, b, at, () => breaths++);
  expect(breaths).toBe(4);
  const giveUp = (): void => {
    throw new Error('given up');
  };
  expect(() => findBridges(a, b, at, giveUp)).toThrow('given up');
});
