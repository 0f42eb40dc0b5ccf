import { type Closing, isOpenOn, readClosing } from './closings.js';
import { IdIndex } from './id-index.js';
import { type NetworkColumns, WALK_BACKWARD, WALK_FORWARD } from './network.js';
import type { Tile } from './tile.js';

/**
 * The network around a start, put together from tiles. Junctions and segments are in the order of their numbers in the
 * region, whatever tiles they came in, so that nothing computed from it depends on what else was loaded. Geometry and
 * names stay in the tiles: `tileOf` and `slotOf` say where.
 *
 * A half-edge is a segment walked one way: segment index × 2, plus 1 when walked `to` → `from`.
 */
export interface Area
  extends Pick<
    NetworkColumns,
    | 'junctionId'
    | 'junctionLonE7'
    | 'junctionLatE7'
    | 'segmentId'
    | 'from'
    | 'to'
    | 'lengthMeters'
    | 'ascentMeters'
    | 'descentMeters'
    | 'kind'
    | 'difficulty'
    | 'walkable'
  > {
  tiles: Tile[];
  /** By segment: the directions in which it may be walked on some day of the year, if not on this one. */
  walkableSometimes: Uint8Array;
  /** Segments that are closed at times, or else open. */
  closings: { segment: number; closing: Closing }[];
  /** The day that `walkable` is true for, ISO 8601; null for what is so when nobody says a day. */
  date: string | null;
  junctionCount: number;
  /** 1 where all segments of the junction are in the area, 0 at its rim. */
  complete: Uint8Array;
  segmentCount: number;
  /** By half-edge: rises summed over the turning points of its profile; 0 where the elevation is unknown. */
  climbMeters: Float32Array;
  tileOf: Uint16Array;
  slotOf: Uint32Array;
  /** Half-edges leaving each junction, walkable or not, by segment number. */
  exitOffset: Uint32Array;
  exits: Uint32Array;
  /** Segments (indexes) in the corridor of each segment, and for how many metres. */
  besideOffset: Uint32Array;
  beside: Uint32Array;
  besideMeters: Float32Array;
  junctionIndex: IdIndex;
}

/** Distinct numbers in ascending order, and where each is in its tile. */
function collect(tiles: Tile[], column: 'junctionId' | 'segmentId', breathe: () => void) {
  const most = tiles.reduce((sum, tile) => sum + tile.columns[column].length, 0);
  const seen = new IdIndex(most);
  const place = new Float64Array(most);
  let count = 0;
  tiles.forEach((tile, t) => {
    breathe();
    const ids = tile.columns[column];
    for (let slot = 0; slot < ids.length; slot++) {
      if (seen.add(ids[slot], count)) place[count++] = t * 0x1_0000_0000 + slot;
    }
  });
  breathe();
  const id = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    id[i] = tiles[Math.floor(place[i] / 0x1_0000_0000)].columns[column][place[i] % 0x1_0000_0000];
  }
  const sorted = id.slice().sort();
  breathe();
  const tileOf = new Uint16Array(count);
  const slotOf = new Uint32Array(count);
  const index = new IdIndex(count);
  for (let i = 0; i < count; i++) {
    if ((i & BREATH) === BREATH) breathe();
    const at = place[seen.get(sorted[i])];
    tileOf[i] = Math.floor(at / 0x1_0000_0000);
    slotOf[i] = at % 0x1_0000_0000;
    index.add(sorted[i], i);
  }
  return { count, id: sorted, tileOf, slotOf, index };
}

/** Junctions or segments (a power of two less one) between two calls of `breathe`: well under a millisecond. */
const BREATH = 0x1fff;

/**
 * @param tiles of one edition, each at most once
 * @param breathe called every so often, and may throw to give up
 * @returns every junction and segment in them once
 */
export function assembleArea(tiles: Tile[], breathe: () => void = () => {}): Area {
  const junctions = collect(tiles, 'junctionId', breathe);
  const segments = collect(tiles, 'segmentId', breathe);
  const n = junctions.count;
  const m = segments.count;
  const area: Area = {
    tiles,
    walkableSometimes: new Uint8Array(0),
    closings: [],
    date: null,
    junctionCount: n,
    junctionId: junctions.id,
    junctionLonE7: new Int32Array(n),
    junctionLatE7: new Int32Array(n),
    complete: new Uint8Array(n),
    segmentCount: m,
    segmentId: segments.id,
    from: new Uint32Array(m),
    to: new Uint32Array(m),
    lengthMeters: new Float64Array(m),
    ascentMeters: new Float32Array(m),
    descentMeters: new Float32Array(m),
    kind: new Uint8Array(m),
    difficulty: new Uint8Array(m),
    walkable: new Uint8Array(m),
    climbMeters: new Float32Array(2 * m),
    tileOf: segments.tileOf,
    slotOf: segments.slotOf,
    exitOffset: new Uint32Array(n + 1),
    exits: new Uint32Array(2 * m),
    besideOffset: new Uint32Array(m + 1),
    beside: new Uint32Array(0),
    besideMeters: new Float32Array(0),
    junctionIndex: junctions.index,
  };
  const indexOfJunction = tiles.map((tile) => {
    breathe();
    const ids = tile.columns.junctionId;
    const indexes = new Uint32Array(ids.length);
    for (let slot = 0; slot < ids.length; slot++) {
      indexes[slot] = junctions.index.get(ids[slot]);
      if (slot < tile.ownJunctions) area.complete[indexes[slot]] = 1;
    }
    return indexes;
  });
  for (let j = 0; j < n; j++) {
    if ((j & BREATH) === BREATH) breathe();
    const { columns } = tiles[junctions.tileOf[j]];
    area.junctionLonE7[j] = columns.junctionLonE7[junctions.slotOf[j]];
    area.junctionLatE7[j] = columns.junctionLatE7[junctions.slotOf[j]];
  }
  let besideCount = 0;
  for (let s = 0; s < m; s++) {
    if ((s & BREATH) === BREATH) breathe();
    const { columns } = tiles[area.tileOf[s]];
    const slot = area.slotOf[s];
    const indexes = indexOfJunction[area.tileOf[s]];
    area.from[s] = indexes[columns.from[slot]];
    area.to[s] = indexes[columns.to[slot]];
    area.lengthMeters[s] = columns.lengthMeters[slot];
    area.ascentMeters[s] = columns.ascentMeters[slot];
    area.descentMeters[s] = columns.descentMeters[slot];
    area.kind[s] = columns.kind[slot];
    area.difficulty[s] = columns.difficulty[slot];
    area.walkable[s] = columns.walkable[slot];
    const { strings } = tiles[area.tileOf[s]];
    const closing = columns.closing[slot] === 0 ? null : readClosing(strings[columns.closing[slot]]);
    if (closing) area.closings.push({ segment: s, closing });
    for (let k = columns.turnOffset[slot] + 1; k < columns.turnOffset[slot + 1]; k++) {
      const swing = (columns.turnElevation[k] - columns.turnElevation[k - 1]) / 2;
      if (swing > 0) area.climbMeters[2 * s] += swing;
      else area.climbMeters[2 * s + 1] -= swing;
    }
    area.exitOffset[area.from[s] + 1]++;
    area.exitOffset[area.to[s] + 1]++;
    besideCount += columns.besideOffset[slot + 1] - columns.besideOffset[slot];
  }
  area.walkableSometimes = area.walkable;
  if (area.closings.length > 0) {
    area.walkableSometimes = area.walkable.slice();
    for (const { segment, closing } of area.closings) area.walkableSometimes[segment] |= closing.directions;
  }
  breathe();
  fillExits(area);
  breathe();
  fillBeside(area, besideCount, segments.index, breathe);
  return area;
}

function fillExits({ junctionCount, segmentCount, exitOffset, exits, from, to }: Area): void {
  for (let j = 0; j < junctionCount; j++) exitOffset[j + 1] += exitOffset[j];
  const next = exitOffset.slice(0, junctionCount);
  for (let s = 0; s < segmentCount; s++) {
    exits[next[from[s]]++] = 2 * s;
    exits[next[to[s]]++] = 2 * s + 1;
  }
}

function fillBeside(area: Area, most: number, segmentIndex: IdIndex, breathe: () => void): void {
  area.beside = new Uint32Array(most);
  area.besideMeters = new Float32Array(most);
  let count = 0;
  for (let s = 0; s < area.segmentCount; s++) {
    if ((s & BREATH) === BREATH) breathe();
    area.besideOffset[s] = count;
    const { columns } = area.tiles[area.tileOf[s]];
    const slot = area.slotOf[s];
    for (let k = columns.besideOffset[slot]; k < columns.besideOffset[slot + 1]; k++) {
      const other = segmentIndex.get(columns.besideSegment[k]);
      if (other < 0) continue;
      area.beside[count] = other;
      area.besideMeters[count++] = columns.besideMeters[k];
    }
  }
  area.besideOffset[area.segmentCount] = count;
}

/** Whether a way that is closed at times is open on a day; null when a date does not tell. */
export const isOpenIn = ({ junctionLatE7, from, date }: Area, segment: number, closing: Closing): boolean | null =>
  date === null ? null : isOpenOn(closing, date, junctionLatE7[from[segment]] < 0);

/** The same area on a day: what is closed then may not be walked, what is open then may. */
export function areaOn(area: Area, date: string | null): Area {
  if (date === area.date || area.closings.length === 0) return area;
  const walkable = area.walkable.slice();
  const dated: Area = { ...area, date, walkable };
  for (const { segment, closing } of area.closings) {
    const isOpen = isOpenIn(dated, segment, closing) ?? closing.openUnasked;
    walkable[segment] = isOpen ? closing.directions : 0;
  }
  return dated;
}

/** The junction that a half-edge leads to. */
export const headOf = (area: Area, half: number): number => (half & 1 ? area.from : area.to)[half >> 1];

/** The junction that a half-edge leaves. */
export const tailOf = (area: Area, half: number): number => (half & 1 ? area.to : area.from)[half >> 1];

/** Whether a half-edge may be walked on some day of the year. */
export const isWalkableSometimes = (area: Area, half: number): boolean =>
  (area.walkableSometimes[half >> 1] & (half & 1 ? WALK_BACKWARD : WALK_FORWARD)) !== 0;

/** Whether a half-edge may be walked. */
export const isWalkable = (area: Area, half: number): boolean =>
  (area.walkable[half >> 1] & (half & 1 ? WALK_BACKWARD : WALK_FORWARD)) !== 0;
