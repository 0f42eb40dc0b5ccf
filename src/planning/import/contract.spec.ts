import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wayGraph } from '../../../test/ways.js';
import { distanceMetersE7 } from '../network/geodesy.js';
import { BACKWARD, type Chains, contract, FORWARD, type WayGraph } from './contract.js';

const BOTH = FORWARD | BACKWARD;

/** Ways over nodes on a line of longitude and latitude, far enough apart to be different places. */
function graph(ways: number[][], more: { direction?: number[]; places?: [number, number][] } = {}): WayGraph {
  const nodes = Math.max(0, ...ways.flat()) + 1;
  const places = more.places ?? Array.from({ length: nodes }, (_, n): [number, number] => [n * 1_000, (n * n) % 7919]);
  return wayGraph(places, ways, more.direction);
}

const contracted = (given: WayGraph, sort?: number[]): Chains =>
  contract(given, Uint32Array.from(sort ?? Array.from(given.direction, () => 0)));

const chainsOf = ({ chainOffset, chainNodes }: Chains): number[][] =>
  Array.from(chainOffset.subarray(1), (end, c) => [...chainNodes.subarray(chainOffset[c], end)]);

function metersAlong(nodes: ArrayLike<number>, { nodeLonE7: lon, nodeLatE7: lat }: WayGraph): number {
  let meters = 0;
  for (let i = 1; i < nodes.length; i++) {
    meters += distanceMetersE7(lon[nodes[i - 1]], lat[nodes[i - 1]], lon[nodes[i]], lat[nodes[i]]);
  }
  return meters;
}

describe('contracting ways to chains between junctions', () => {
  test('a crossroads becomes four chains, whatever the bends on the way', () => {
    const chains = contracted(
      graph([
        [0, 1, 2, 3, 4],
        [5, 6, 2, 7],
      ]),
    );
    expect([...chains.junctions]).toEqual([0, 2, 4, 5, 7]);
    expect(chainsOf(chains)).toEqual(expect.arrayContaining([[0, 1, 2]]));
    expect(chainsOf(chains)).toHaveLength(4);
  });

  test('two ways of one sort, end to end, are one chain; of two sorts, two', () => {
    const ways = graph([
      [0, 1, 2],
      [4, 3, 2],
    ]);
    expect(chainsOf(contracted(ways))).toEqual([[0, 1, 2, 3, 4]]);
    expect(chainsOf(contracted(ways, [0, 1]))).toEqual([
      [0, 1, 2],
      [2, 3, 4],
    ]);
  });

  test('ways that cross without a common node do not join, even at one and the same place', () => {
    const places: [number, number][] = [
      [0, 100],
      [100, 100],
      [200, 100],
      [100, 0],
      [100, 100],
      [100, 200],
    ];
    const chains = contracted(
      graph(
        [
          [0, 1, 2],
          [3, 4, 5],
        ],
        { places },
      ),
    );
    expect(chainsOf(chains)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  test('a node given twice in a row, or a second node at the same place, makes no piece of no length', () => {
    const places: [number, number][] = [
      [0, 0],
      [100, 0],
      [100, 0],
      [200, 0],
      [100, 90],
    ];
    const chains = contracted(
      graph(
        [
          [0, 1, 1, 2, 3],
          [2, 4],
        ],
        { places },
      ),
    );
    expect(chainsOf(chains)).toEqual([
      [0, 1],
      [1, 3],
      [1, 4],
    ]);
  });

  test('a ring that nothing touches is one chain from a node back to it', () => {
    expect(chainsOf(contracted(graph([[3, 1, 2, 3]])))).toEqual([[3, 1, 2, 3]]);
  });

  test('a ring at the end of a stalk stays, from its junction back to it', () => {
    const chains = chainsOf(
      contracted(
        graph([
          [0, 1],
          [1, 2, 3, 1],
        ]),
      ),
    );
    expect(chains).toHaveLength(2);
    expect(chains).toEqual(expect.arrayContaining([[1, 2, 3, 1]]));
  });

  test('two ways between the same junctions stay two', () => {
    const chains = chainsOf(
      contracted(
        graph([
          [0, 1, 2, 4],
          [1, 3, 2],
          [2, 5],
        ]),
      ),
    );
    expect(chains.filter((nodes) => nodes[0] === 1 && nodes.at(-1) === 2)).toEqual([
      [1, 2],
      [1, 3, 2],
    ]);
  });

  test('a way drawn twice over the same nodes counts once', () => {
    expect(
      chainsOf(
        contracted(
          graph([
            [0, 1, 2],
            [2, 1, 0],
          ]),
        ),
      ),
    ).toEqual([[0, 1, 2]]);
  });

  test('one-way ways keep their direction, and are not joined to others or to opposite ones', () => {
    const oneWay = contracted(
      graph(
        [
          [0, 1],
          [1, 2],
          [3, 2],
        ],
        { direction: [FORWARD, FORWARD, FORWARD] },
      ),
    );
    expect(chainsOf(oneWay)).toEqual([
      [0, 1, 2],
      [2, 3],
    ]);
    expect([...oneWay.direction]).toEqual([FORWARD, BACKWARD]);
    const mixed = contracted(
      graph(
        [
          [0, 1],
          [1, 2],
        ],
        { direction: [BOTH, FORWARD] },
      ),
    );
    expect(chainsOf(mixed)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect([...mixed.direction]).toEqual([BOTH, FORWARD]);
  });

  test('whatever the ways: the length stays, inner nodes join exactly two pieces, ends are junctions', () => {
    const way = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(way, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (given) => {
          const ways = graph(
            given.map(([nodes]) => nodes),
            { direction: given.map(([, direction]) => direction) },
          );
          const chains = contracted(
            ways,
            given.map(([, , sort]) => sort),
          );
          const pieces = new Map<string, number>();
          for (const [nodes] of given) {
            for (let i = 1; i < nodes.length; i++) {
              const pair = [nodes[i - 1], nodes[i]];
              if (pair[0] !== pair[1]) pieces.set(pair.sort((a, b) => a - b).join(), metersAlong(pair, ways));
            }
          }
          const before = [...pieces.values()].reduce((sum, meters) => sum + meters, 0);
          const after = chainsOf(chains).reduce((sum, nodes) => sum + metersAlong(nodes, ways), 0);
          expect(after).toBeCloseTo(before, 6);

          const junctions = new Set(chains.junctions);
          expect(junctions.size).toBe(chains.junctions.length);
          const inner = chainsOf(chains).flatMap((nodes) => nodes.slice(1, -1));
          expect(new Set(inner).size).toBe(inner.length);
          for (const node of inner) expect(junctions.has(node)).toBe(false);
          for (const nodes of chainsOf(chains)) {
            expect(junctions.has(nodes[0]) && junctions.has(nodes.at(-1)!)).toBe(true);
          }
        },
      ),
    );
  });
});
