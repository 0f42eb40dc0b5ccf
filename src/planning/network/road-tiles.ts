import { type Column, decodeColumns, encodeColumns } from './columns.js';
import type { RoadNetwork } from './region.js';
import { returnableNodes } from './strong-components.js';
import { ROAD_GRID, type TileKey, tileAt } from './tile-grid.js';

/** A road tile as it is stored, beside its header. */
interface RoadColumns {
  nodeLonE7: Int32Array;
  nodeLatE7: Int32Array;
  /** The roads at own node n are `roadOffset[n] … roadOffset[n + 1]`. */
  roadOffset: Uint32Array;
  /** Which roads a drive may begin or end on: 1 where one gets from the road into a good part of the network and back. */
  joined: Uint8Array;
  /** Node (own or stub) at the other end. */
  far: Uint32Array;
  lengthMeters: Float32Array;
  /** Driving away from the own node; Infinity where that is forbidden. */
  secondsOut: Float32Array;
  /** Driving towards the own node. */
  secondsBack: Float32Array;
  /** For stub i (node `ownNodes + i`): its tile, as an index into `neighbours`, and its number there. */
  stubTile: Uint16Array;
  stubNode: Uint32Array;
}

interface RoadMeta extends TileKey {
  neighbours: TileKey[];
}

/**
 * The roads of one square of ROAD_GRID, ready to be searched where it lies in memory.
 *
 * The tile owns the nodes that lie in it, `0 … ownNodes`; nodes after those are stubs: where a road leaves the tile, the
 * far end with its place and its number in the tile that owns it. Every road is written at each of its two ends, so the
 * roads at an own node are all here and no search has to look into a neighbour before it goes there.
 */
export interface RoadTile extends RoadColumns, RoadMeta {
  ownNodes: number;
}

/** A part of the network with fewer nodes is a car park, or a street cut off by the border of the extract. */
const GOOD_PART_NODES = 200;

const keyOf = ({ x, y }: TileKey): string => `${x},${y}`;

/** The roads at each node, both ends of every road, in compressed rows. */
function roadsByNode(roads: RoadNetwork): { offset: Uint32Array; road: Uint32Array } {
  const offset = new Uint32Array(roads.nodeLonE7.length + 1);
  for (const ends of [roads.from, roads.to]) for (const node of ends) offset[node + 1]!++;
  for (let node = 1; node < offset.length; node++) offset[node]! += offset[node - 1]!;
  const next = offset.slice();
  const road = new Uint32Array(roads.from.length * 2);
  for (let i = 0; i < roads.from.length; i++) {
    road[next[roads.from[i]!]!++] = i * 2;
    road[next[roads.to[i]!]!++] = i * 2 + 1;
  }
  return { offset, road };
}

/**
 * Cuts a road network into the tiles that are stored.
 * @returns one body (see `decodeRoadTile`) for each square that holds a node, in no particular order
 */
export function roadTiles(roads: RoadNetwork): { x: number; y: number; body: Uint8Array }[] {
  const nodeCount = roads.nodeLonE7.length;
  const tileOf = new Array<string>(nodeCount);
  const numberInTile = new Uint32Array(nodeCount);
  const tiles = new Map<string, { key: TileKey; nodes: number[] }>();
  for (let node = 0; node < nodeCount; node++) {
    const key = tileAt(ROAD_GRID, roads.nodeLonE7[node]!, roads.nodeLatE7[node]!);
    const name = keyOf(key);
    let tile = tiles.get(name);
    if (!tile) {
      tile = { key, nodes: [] };
      tiles.set(name, tile);
    }
    tileOf[node] = name;
    numberInTile[node] = tile.nodes.length;
    tile.nodes.push(node);
  }

  const returnable = returnableNodes(roads);
  // Of a small network the largest part is good enough.
  const good = Math.min(
    GOOD_PART_NODES,
    returnable.reduce((most, size) => Math.max(most, size), 0),
  );
  const { offset, road } = roadsByNode(roads);
  return [...tiles.values()].map(({ key, nodes }) => {
    const own = keyOf(key);
    const stubs = new Map<number, number>();
    const neighbours = new Map<string, number>();
    const roadOffset = new Uint32Array(nodes.length + 1);
    const rows: { far: number; joined: boolean; length: number; out: number; back: number }[] = [];
    for (const [number, node] of nodes.entries()) {
      for (let i = offset[node]!; i < offset[node + 1]!; i++) {
        const at = road[i]! >> 1;
        const fromHere = (road[i]! & 1) === 0;
        const other = fromHere ? roads.to[at]! : roads.from[at]!;
        const open = Math.min(roads.secondsForward[at]!, roads.secondsBackward[at]!) !== Infinity;
        let far = numberInTile[other]!;
        if (tileOf[other] !== own) {
          far = stubs.get(other) ?? nodes.length + stubs.size;
          stubs.set(other, far);
          if (!neighbours.has(tileOf[other]!)) neighbours.set(tileOf[other]!, neighbours.size);
        }
        rows.push({
          far,
          joined: open && returnable[node]! >= good && returnable[other]! >= good,
          length: roads.lengthMeters[at]!,
          out: fromHere ? roads.secondsForward[at]! : roads.secondsBackward[at]!,
          back: fromHere ? roads.secondsBackward[at]! : roads.secondsForward[at]!,
        });
      }
      roadOffset[number + 1] = rows.length;
    }
    const all = [...nodes, ...stubs.keys()];
    const stubNodes = [...stubs.keys()];
    const body = encodeColumns(
      {
        nodeLonE7: Int32Array.from(all, (node) => roads.nodeLonE7[node]!),
        nodeLatE7: Int32Array.from(all, (node) => roads.nodeLatE7[node]!),
        roadOffset,
        joined: Uint8Array.from(rows, (row) => Number(row.joined)),
        far: Uint32Array.from(rows, (row) => row.far),
        lengthMeters: Float32Array.from(rows, (row) => row.length),
        secondsOut: Float32Array.from(rows, (row) => row.out),
        secondsBack: Float32Array.from(rows, (row) => row.back),
        stubTile: Uint16Array.from(stubNodes, (node) => neighbours.get(tileOf[node]!)!),
        stubNode: Uint32Array.from(stubNodes, (node) => numberInTile[node]!),
      } satisfies Record<string, Column>,
      { x: key.x, y: key.y, neighbours: [...neighbours.keys()].map((name) => tiles.get(name)!.key) },
    );
    return { x: key.x, y: key.y, body };
  });
}

/**
 * @param buffer a body of `roadTiles`, starting at offset 0
 * @returns views over the buffer: nothing is copied
 * @throws RangeError when the bytes are no tile
 */
export function decodeRoadTile(buffer: ArrayBufferLike): RoadTile {
  const { columns, meta } = decodeColumns<RoadColumns, RoadMeta>(buffer);
  return { ...columns, ...meta, ownNodes: columns.roadOffset.length - 1 };
}
