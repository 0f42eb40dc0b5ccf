import { encodeColumns } from './columns.js';
import { type CorridorPairs, corridorPairs } from './corridors.js';
import { IdIndex } from './id-index.js';
import type { Network } from './network.js';
import type { Region } from './region.js';
import type { TileColumns, TileMeta } from './tile.js';
import { TRAIL_GRID, tileAt } from './tile-grid.js';
import { surveyTrailheads, type TrailheadPreparation } from './trailhead-survey.js';
import { turningPoints } from './turning-points.js';

interface StoredTile {
  x: number;
  y: number;
  body: Uint8Array;
}

/** Columns with one value a segment that go into a tile as they are. */
const SEGMENT_COLUMNS = [
  'segmentId',
  'lengthMeters',
  'ascentMeters',
  'descentMeters',
  'kind',
  'surface',
  'difficulty',
  'visibility',
  'walkable',
  'cautions',
] as const;

type Prepared = Network & CorridorPairs & { turnOffset: Uint32Array; turnElevation: Int16Array };

/**
 * What a planner needs of a region, made once, at import: the trail network cut into tiles with turning points and
 * corridors, and what can be said of each trailhead whatever is asked.
 * @param region whole; its network's ids equal its indexes
 * @returns tiles of TRAIL_GRID in the order of y and x, and for each trailhead (by id) its preparation
 */
export function prepareRegion(region: Pick<Region, 'network' | 'trailheads'>): {
  tiles: StoredTile[];
  trailheads: Map<string, TrailheadPreparation>;
} {
  const { network } = region;
  const prepared: Prepared = { ...network, ...turningPoints(network), ...corridorPairs(network) };
  return { tiles: cutTiles(prepared), trailheads: surveyTrailheads(network, region.trailheads) };
}

function cutTiles(network: Prepared): StoredTile[] {
  const row = TRAIL_GRID.tilesPerRow;
  const tileOfJunction = Float64Array.from({ length: network.junctionCount }, (_, j) => {
    const { x, y } = tileAt(TRAIL_GRID, network.junctionLonE7[j], network.junctionLatE7[j]);
    return y * row + x;
  });
  const members = new Map<number, { junctions: number[]; segments: number[] }>();
  for (let j = 0; j < network.junctionCount; j++) {
    const key = tileOfJunction[j];
    if (!members.has(key)) members.set(key, { junctions: [], segments: [] });
    members.get(key)!.junctions.push(j);
  }
  for (let s = 0; s < network.segmentCount; s++) {
    const a = tileOfJunction[network.from[s]];
    const b = tileOfJunction[network.to[s]];
    members.get(a)!.segments.push(s);
    if (a !== b) members.get(b)!.segments.push(s);
  }
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([key, { junctions, segments }]) => ({
      x: key % row,
      y: Math.floor(key / row),
      body: encodeTile(network, junctions, segments),
    }));
}

function encodeTile(network: Prepared, own: number[], segments: number[]): Uint8Array {
  const junctions = [...own];
  const indexOf = new IdIndex(own.length + 2 * segments.length);
  own.forEach((j, i) => {
    indexOf.add(j, i);
  });
  for (const s of segments) {
    for (const j of [network.from[s], network.to[s]]) {
      if (indexOf.add(j, junctions.length)) junctions.push(j);
    }
  }
  const strings: string[] = [''];
  const stringIndex = new Map<number, number>([[0, 0]]);
  const localString = (index: number): number => {
    let local = stringIndex.get(index);
    if (local === undefined) {
      local = strings.push(network.strings[index]) - 1;
      stringIndex.set(index, local);
    }
    return local;
  };
  const columns: Partial<TileColumns> = {
    junctionId: pick(network.junctionId, junctions),
    junctionLonE7: pick(network.junctionLonE7, junctions),
    junctionLatE7: pick(network.junctionLatE7, junctions),
    from: Uint32Array.from(segments, (s) => indexOf.get(network.from[s])),
    to: Uint32Array.from(segments, (s) => indexOf.get(network.to[s])),
    name: Uint32Array.from(segments, (s) => localString(network.name[s])),
    closing: Uint32Array.from(segments, (s) => localString(network.closing[s])),
    ...pickLists(network.pointOffset, segments, 'pointOffset', {
      pointLonE7: network.pointLonE7,
      pointLatE7: network.pointLatE7,
      pointElevation: network.pointElevation,
    }),
    ...pickLists(network.routeOffset, segments, 'routeOffset', { routes: network.routes }),
    ...pickLists(network.turnOffset, segments, 'turnOffset', { turnElevation: network.turnElevation }),
    ...pickLists(network.besideOffset, segments, 'besideOffset', {
      besideSegment: network.besideSegment,
      besideMeters: network.besideMeters,
    }),
  };
  for (const name of SEGMENT_COLUMNS) Object.assign(columns, { [name]: pick(network[name], segments) });
  columns.routes = columns.routes!.map(localString);
  const meta: TileMeta = { ownJunctions: own.length, strings };
  return encodeColumns(columns as TileColumns, meta);
}

type Numbers = Int16Array | Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const newLike = <A extends Numbers>(array: A, length: number): A =>
  new (array.constructor as new (length: number) => A)(length);

function pick<A extends Numbers>(values: A, indexes: number[]): A {
  const picked = newLike(values, indexes.length);
  for (let i = 0; i < indexes.length; i++) picked[i] = values[indexes[i]];
  return picked;
}

/** The lists `offset[s] … offset[s + 1]` of some segments, in new columns. */
function pickLists(offset: Uint32Array, segments: number[], offsetName: string, lists: Record<string, Numbers>) {
  const offsets = new Uint32Array(segments.length + 1);
  segments.forEach((s, i) => {
    offsets[i + 1] = offsets[i] + offset[s + 1] - offset[s];
  });
  const picked: Record<string, Numbers> = { [offsetName]: offsets };
  for (const [name, values] of Object.entries(lists)) {
    const column = newLike(values, offsets[segments.length]);
    segments.forEach((s, i) => {
      column.set(values.subarray(offset[s], offset[s + 1]) as never, offsets[i]);
    });
    picked[name] = column;
  }
  return picked;
}
