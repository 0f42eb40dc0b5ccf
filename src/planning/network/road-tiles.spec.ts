import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RoadNetwork } from './region.js';
import { decodeRoadTile, roadTiles } from './road-tiles.js';

/** Road networks with nodes scattered over a few tiles of a quarter of a degree, either side of the antimeridian. */
const networks = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: -6_000_000, max: 6_000_000 }), fc.integer({ min: 0, max: 6_000_000 })), {
      minLength: 1,
      maxLength: 30,
    }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.double({ min: 1, max: 500, noNaN: true }), fc.boolean()), {
      maxLength: 60,
    }),
    fc.constantFrom(0, 1_800_000_000),
  )
  .map(([nodes, edges, middle]): RoadNetwork => {
    const wrapped = (lon: number) => (lon > 1_800_000_000 ? lon - 3_600_000_000 : lon);
    return {
      nodeLonE7: Int32Array.from(nodes, ([lon]) => wrapped(middle + lon)),
      nodeLatE7: Int32Array.from(nodes, ([, lat]) => lat),
      from: Uint32Array.from(edges, ([a]) => a % nodes.length),
      to: Uint32Array.from(edges, ([, b]) => b % nodes.length),
      lengthMeters: Float32Array.from(edges, ([, , length]) => length),
      secondsForward: Float32Array.from(edges, ([, , length]) => length / 10),
      secondsBackward: Float32Array.from(edges, ([, , length, oneWay]) => (oneWay ? Infinity : length / 8)),
    };
  });

describe('cutting roads into tiles', () => {
  test('every road of any network comes back at both of its ends, with the far end found in its own tile', () => {
    fc.assert(
      fc.property(networks, (roads) => {
        const place = (lon: number, lat: number) => `${lon},${lat}`;
        const written = roadTiles(roads).map(({ body }) => decodeRoadTile(body.slice().buffer));
        const byKey = new Map(written.map((tile) => [`${tile.x},${tile.y}`, tile]));
        const seen: string[] = [];
        let own = 0;
        for (const tile of written) {
          own += tile.ownNodes;
          for (let node = 0; node < tile.ownNodes; node++) {
            for (let i = tile.roadOffset[node]!; i < tile.roadOffset[node + 1]!; i++) {
              let owner = tile;
              let far = tile.far[i]!;
              if (far >= tile.ownNodes) {
                const stub = far - tile.ownNodes;
                const key = tile.neighbours[tile.stubTile[stub]!]!;
                owner = byKey.get(`${key.x},${key.y}`)!;
                far = tile.stubNode[stub]!;
                expect(far).toBeLessThan(owner.ownNodes);
                expect(owner.nodeLonE7[far]).toBe(tile.nodeLonE7[tile.far[i]!]);
                expect(owner.nodeLatE7[far]).toBe(tile.nodeLatE7[tile.far[i]!]);
              }
              const here = place(tile.nodeLonE7[node]!, tile.nodeLatE7[node]!);
              const there = place(owner.nodeLonE7[far]!, owner.nodeLatE7[far]!);
              seen.push([here, there, tile.lengthMeters[i], tile.secondsOut[i], tile.secondsBack[i]].join(' '));
            }
          }
        }
        const expected = [...roads.from].flatMap((from, i) => {
          const a = place(roads.nodeLonE7[from]!, roads.nodeLatE7[from]!);
          const b = place(roads.nodeLonE7[roads.to[i]!]!, roads.nodeLatE7[roads.to[i]!]!);
          const [length, out, back] = [roads.lengthMeters[i], roads.secondsForward[i], roads.secondsBackward[i]];
          return [[a, b, length, out, back].join(' '), [b, a, length, back, out].join(' ')];
        });
        expect(own).toBe(roads.nodeLonE7.length);
        expect(seen.sort()).toEqual(expected.sort());
      }),
    );
  });

  test('a network without roads gives no tiles', () => {
    const none = new Float32Array();
    const roads = {
      nodeLonE7: new Int32Array(),
      nodeLatE7: new Int32Array(),
      from: new Uint32Array(),
      to: new Uint32Array(),
      lengthMeters: none,
      secondsForward: none,
      secondsBackward: none,
    };
    expect(roadTiles(roads)).toEqual([]);
  });
});
