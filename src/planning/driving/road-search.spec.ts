import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RoadNetwork } from '../network/region.js';
import { decodeRoadTile, type RoadTile, roadTiles } from '../network/road-tiles.js';
import { RoadSearch } from './road-search.js';
import { RoadIndex, type Snap } from './snap.js';

const decoded = (roads: RoadNetwork): RoadTile[] =>
  roadTiles(roads).map(({ body }) => decodeRoadTile(body.slice().buffer));

/** Runs a search that is given each tile only when it asks for it; says which tiles that were. */
function run(search: RoadSearch, tiles: RoadTile[], first: RoadTile, snap: Snap): string[] {
  const asked: string[] = [];
  search.supply(first);
  search.startAt(first, snap);
  // A few at a time: what is found does not depend on where the search pauses.
  for (let key = search.advance(3); key; key = search.advance(3)) {
    if (key === 'more') continue;
    asked.push(`${key.x},${key.y}`);
    search.supply(tiles.find(({ x, y }) => x === key.x && y === key.y)!);
  }
  return asked;
}

/** Nodes on a small grid over several tiles, distinct places, joined at random. */
const networks = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 2,
      maxLength: 14,
      selector: ([x, y]) => `${x},${y}`,
    }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 500 }), fc.constantFrom('both', 'to', 'from')), {
      minLength: 1,
      maxLength: 30,
    }),
  )
  .map(([nodes, edges]): RoadNetwork => {
    const ends = edges.map(([a, b, seconds, open]) => {
      const from = a % nodes.length;
      const to = (from + 1 + (b % (nodes.length - 1))) % nodes.length;
      return { from, to, seconds, open };
    });
    return {
      nodeLonE7: Int32Array.from(nodes, ([x]) => x * 1_100_000),
      nodeLatE7: Int32Array.from(nodes, ([, y]) => y * 1_100_000),
      from: Uint32Array.from(ends, ({ from }) => from),
      to: Uint32Array.from(ends, ({ to }) => to),
      lengthMeters: Float32Array.from(ends, ({ seconds }) => 1000 - seconds),
      secondsForward: Float32Array.from(ends, ({ seconds, open }) => (open === 'from' ? Infinity : seconds)),
      secondsBackward: Float32Array.from(ends, ({ seconds, open }) => (open === 'to' ? Infinity : 2 * seconds)),
    };
  });

/** Bellman and Ford, over the whole network at once: slow and plain. */
function bellmanFord(roads: RoadNetwork, start: number): number[] {
  const cost = Array.from(roads.nodeLonE7, (_, node) => (node === start ? 0 : Infinity));
  for (let round = 0; round < cost.length; round++) {
    for (let i = 0; i < roads.from.length; i++) {
      const [a, b] = [roads.from[i]!, roads.to[i]!];
      cost[b] = Math.min(cost[b]!, cost[a]! + roads.secondsForward[i]!);
      cost[a] = Math.min(cost[a]!, cost[b]! + roads.secondsBackward[i]!);
    }
  }
  return cost;
}

describe('searching roads outwards', () => {
  test('in any network cut into tiles, the cost of every node is that of the plain algorithm over the whole', () => {
    fc.assert(
      fc.property(networks, fc.integer({ min: 0, max: 2000 }), (roads, limit) => {
        const tiles = decoded(roads);
        const expected = bellmanFord(roads, roads.from[0]!);
        const home = (node: number) =>
          tiles
            .flatMap((tile) =>
              Array.from({ length: tile.ownNodes }, (_, number) => ({ tile, number })).filter(
                ({ tile, number }) =>
                  tile.nodeLonE7[number] === roads.nodeLonE7[node] && tile.nodeLatE7[number] === roads.nodeLatE7[node],
              ),
            )
            .at(0)!;
        const first = home(roads.from[0]!);
        const search = new RoadSearch('seconds', limit);
        // At the very node: both ways are tried, of which the far end costs the whole road.
        const road = first.tile.roadOffset[first.number]!;
        run(search, tiles, first.tile, { road, node: first.number, fraction: 0, distanceMeters: 0 });
        const openAtStart = first.tile.secondsBack[road] !== Infinity;
        for (let node = 0; node < expected.length; node++) {
          const { tile, number } = home(node);
          const at = tile.roadOffset[number]!;
          if (at === tile.roadOffset[number + 1]) continue;
          const reached = search.costTo(tile, { road: at, node: number, fraction: 0, distanceMeters: 0 });
          const arrives = tile.secondsOut[at] !== Infinity;
          if (openAtStart && arrives && expected[node]! <= limit) expect(reached?.seconds).toBe(expected[node]);
          if (reached) expect(reached.seconds).toBeGreaterThanOrEqual(expected[node]!);
        }
      }),
      { numRuns: 300 },
    );
  });

  /** Three nodes in a row, 300 m each, one tile further east at each step. */
  const row: RoadNetwork = {
    nodeLonE7: Int32Array.of(1_000_000, 3_000_000, 6_000_000),
    nodeLatE7: Int32Array.of(0, 0, 0),
    from: Uint32Array.of(0, 1),
    to: Uint32Array.of(1, 2),
    lengthMeters: Float32Array.of(300, 300),
    secondsForward: Float32Array.of(30, 30),
    secondsBackward: Float32Array.of(30, 30),
  };

  test('a tile beyond the limit is never asked for', () => {
    const tiles = decoded(row);
    const snap = new RoadIndex(tiles[0]!).nearest(1_000_000, 0, 100)!;
    expect(run(new RoadSearch('seconds', 20), tiles, tiles[0]!, snap)).toEqual([]);
    expect(run(new RoadSearch('seconds', 30), tiles, tiles[0]!, snap)).toHaveLength(1);
    expect(run(new RoadSearch('meters', 700), tiles, tiles[0]!, snap)).toHaveLength(2);
  });

  test('a one-way road is driven only its way', () => {
    const oneWay = { ...row, secondsBackward: Float32Array.of(Infinity, Infinity) };
    const tiles = decoded(oneWay);
    const end = tiles.find(({ ownNodes, nodeLonE7 }) => ownNodes === 1 && nodeLonE7[0] === 6_000_000)!;
    const start = tiles.find(({ nodeLonE7 }) => nodeLonE7[0] === 1_000_000)!;
    const atEnd = new RoadIndex(end).nearest(6_000_000, 0, 100)!;
    const atStart = new RoadIndex(start).nearest(1_000_000, 0, 100)!;
    const there = new RoadSearch('seconds', 100);
    run(there, tiles, start, atStart);
    expect(there.costTo(end, atEnd)).toEqual({ meters: 600, seconds: 60 });
    const back = new RoadSearch('seconds', 100);
    run(back, tiles, end, atEnd);
    expect(back.costTo(start, atStart)).toBeNull();
  });
});

test('the nearest point of the roads is found beside their middle, and none beyond the reach', () => {
  const tile = decoded({
    nodeLonE7: Int32Array.of(0, 100_000),
    nodeLatE7: Int32Array.of(0, 0),
    from: Uint32Array.of(0),
    to: Uint32Array.of(1),
    lengthMeters: Float32Array.of(1112),
    secondsForward: Float32Array.of(80),
    secondsBackward: Float32Array.of(80),
  })[0]!;
  const snap = new RoadIndex(tile).nearest(50_000, 1000, 100)!;
  expect(snap.fraction).toBeCloseTo(0.5, 6);
  expect(snap.distanceMeters).toBeCloseTo(11.12, 1);
  expect(new RoadIndex(tile).nearest(50_000, 1_000_000, 100)).toBeNull();
});

test('among any roads the nearest point is the one that looking at all of them finds', () => {
  const around = fc.record({
    lonE7: fc.integer({ min: -1_000_000, max: 6_500_000 }),
    latE7: fc.integer({ min: -1_000_000, max: 6_500_000 }),
    meters: fc.integer({ min: 100, max: 80_000 }),
  });
  fc.assert(
    fc.property(networks, around, fc.constantFrom(0, 1_799_000_000), (roads, { lonE7, latE7, meters }, shift) => {
      const wrap = (lon: number) => (lon > 1_800_000_000 ? lon - 3_600_000_000 : lon);
      const moved = { ...roads, nodeLonE7: roads.nodeLonE7.map((lon) => wrap(lon + shift)) };
      for (const tile of decoded(moved)) {
        const found = new RoadIndex(tile).nearest(wrap(lonE7 + shift), latE7, meters);
        const nearest = nearestOfAll(tile, wrap(lonE7 + shift), latE7);
        if (nearest > meters) expect(found).toBeNull();
        else expect(found!.distanceMeters).toBeCloseTo(nearest, 6);
      }
    }),
  );
});

/** The distance to the nearest of all roads, by searching along each: slow and plain. */
function nearestOfAll(tile: RoadTile, lonE7: number, latE7: number): number {
  const perLat = (6_371_008.8 * Math.PI) / 180 / 1e7;
  const perLon = perLat * Math.cos((latE7 / 1e7) * (Math.PI / 180));
  const east = (lon: number) => ((((lon - lonE7 + 1.8e9) % 3.6e9) + 3.6e9) % 3.6e9) - 1.8e9;
  let best = Infinity;
  for (let node = 0; node < tile.ownNodes; node++) {
    for (let road = tile.roadOffset[node]!; road < tile.roadOffset[node + 1]!; road++) {
      if (!tile.joined[road]) continue;
      const ends = [node, tile.far[road]!].map((at) => [
        east(tile.nodeLonE7[at]!) * perLon,
        (tile.nodeLatE7[at]! - latE7) * perLat,
      ]) as [[number, number], [number, number]];
      const distance = (t: number) =>
        Math.hypot(ends[0][0] + t * (ends[1][0] - ends[0][0]), ends[0][1] + t * (ends[1][1] - ends[0][1]));
      let [low, high] = [0, 1];
      // The distance along a straight line has one lowest point: cut away a third until nothing is left.
      for (let i = 0; i < 100; i++) {
        const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
        if (distance(a) < distance(b)) high = b;
        else low = a;
      }
      best = Math.min(best, distance(0), distance(1), distance(low));
    }
  }
  return best;
}
