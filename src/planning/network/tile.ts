import { decodeColumns } from './columns.js';
import type { NetworkColumns } from './network.js';

/**
 * The layout of a trail tile: the columns of a network for the junctions inside the tile (they come first), the far ends
 * of the segments that leave it, and every segment with an end inside; and what is prepared once for all plans:
 *
 * - `turnElevation`: the turning points of each segment's profile, in half metres (network/turning-points.ts). None where
 *   the elevation is unknown.
 * - `besideSegment`, `besideMeters`: the other segments (numbers in the region) that run in the same corridor, and for how
 *   many metres (network/corridors.ts).
 */
export interface TileColumns extends NetworkColumns {
  turnOffset: Uint32Array;
  turnElevation: Int16Array;
  besideOffset: Uint32Array;
  besideSegment: Uint32Array;
  besideMeters: Float32Array;
  [name: string]: Int16Array | Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;
}

export interface TileMeta {
  /** How many junctions, from the first, lie inside the tile: all segments of these are in it. */
  ownJunctions: number;
  strings: string[];
}

/** A tile ready for use; its columns lie over the bytes it came in. */
export interface Tile {
  columns: TileColumns;
  ownJunctions: number;
  strings: string[];
}

/**
 * @param body as stored
 * @throws RangeError when the bytes are not a tile
 */
export function openTile(body: ArrayBufferLike): Tile {
  const { columns: c, meta } = decodeColumns<TileColumns, TileMeta>(body);
  if (!c.turnOffset || !Array.isArray(meta?.strings)) throw new RangeError('not a trail tile');
  // One by one: an object made of a literal has a fixed shape, and the planner reads these columns in its inner loops.
  const columns: TileColumns = {
    junctionId: c.junctionId,
    junctionLonE7: c.junctionLonE7,
    junctionLatE7: c.junctionLatE7,
    segmentId: c.segmentId,
    from: c.from,
    to: c.to,
    lengthMeters: c.lengthMeters,
    ascentMeters: c.ascentMeters,
    descentMeters: c.descentMeters,
    kind: c.kind,
    surface: c.surface,
    difficulty: c.difficulty,
    visibility: c.visibility,
    walkable: c.walkable,
    // Tiles of older imports say nothing of these.
    cautions: c.cautions ?? new Uint32Array(c.kind.length),
    closing: c.closing ?? new Uint32Array(c.kind.length),
    name: c.name,
    routeOffset: c.routeOffset,
    routes: c.routes,
    pointOffset: c.pointOffset,
    pointLonE7: c.pointLonE7,
    pointLatE7: c.pointLatE7,
    pointElevation: c.pointElevation,
    turnOffset: c.turnOffset,
    turnElevation: c.turnElevation,
    besideOffset: c.besideOffset,
    besideSegment: c.besideSegment,
    besideMeters: c.besideMeters,
  };
  return { columns, ownJunctions: meta.ownJunctions, strings: meta.strings };
}
