import { BadBlock } from './bad-extract.js';
import { type Block, elementsIn, exact, latE7, lonE7, NOWHERE, WAY } from './block.js';
import { Cursor, countNumbers, NOTHING, once, type Span } from './cursor.js';
import { type Info, readInfo } from './info.js';
import { readTags, type Tags } from './tags.js';

/** The API keeps 2 000 nodes a way; older ways have more. */
const MOST_REFERENCES = 2 ** 20;

export interface Way extends Info {
  id: number;
  /** Ids of its nodes; this column is used again for the next way. */
  refs: Float64Array;
  tags: Tags | null;
  /** Degrees × 1e7 of its nodes, where the file has them at its ways; both NOWHERE when there is no such place. */
  places: { lonE7: Int32Array; latE7: Int32Array } | null;
}

/**
 * The ways of a block, one after another.
 * @throws BadBlock when the block is damaged
 */
export function* waysIn(block: Block): Generator<Way> {
  const { bytes } = block;
  let column = new Float64Array(1_024);
  for (const span of elementsIn(block, WAY)) {
    let [keys, values, info, refs, lats, lons] = [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING];
    let id = Number.NaN;
    for (const cursor = new Cursor(bytes, span); cursor.next(); ) {
      if (cursor.field === 1) id = cursor.number();
      else if (cursor.field === 2) keys = once(keys, cursor);
      else if (cursor.field === 3) values = once(values, cursor);
      else if (cursor.field === 4) info = once(info, cursor);
      else if (cursor.field === 8) refs = once(refs, cursor);
      else if (cursor.field === 9) lats = once(lats, cursor);
      else if (cursor.field === 10) lons = once(lons, cursor);
      else cursor.skip();
    }
    const count = countNumbers(bytes, refs);
    if (count > MOST_REFERENCES) throw new BadBlock(`a way has ${count} nodes`);
    if (count > column.length) column = new Float64Array(count);
    readDeltas(bytes, refs, column);
    yield {
      id: exact(id),
      refs: column.subarray(0, count),
      tags: readTags(block, keys, values),
      places: placesOf(block, lats, lons, count),
      ...readInfo(block, info),
    };
  }
}

function readDeltas(bytes: Uint8Array, span: Span, into: Float64Array): void {
  const cursor = new Cursor(bytes, span);
  let value = 0;
  for (let i = 0; cursor.more; i++) into[i] = value = exact(value + cursor.sint());
}

function placesOf(block: Block, lats: Span, lons: Span, count: number): Way['places'] {
  if (lats === NOTHING && lons === NOTHING) return null;
  if (countNumbers(block.bytes, lats) !== count || countNumbers(block.bytes, lons) !== count) {
    throw new BadBlock('a way has not as many places as nodes');
  }
  const places = { lonE7: new Int32Array(count), latE7: new Int32Array(count) };
  const [latAt, lonAt] = [new Cursor(block.bytes, lats), new Cursor(block.bytes, lons)];
  let [lat, lon] = [0, 0];
  for (let i = 0; i < count; i++) {
    lat = exact(lat + latAt.sint());
    lon = exact(lon + lonAt.sint());
    const at = { latE7: latE7(block, lat), lonE7: lonE7(block, lon) };
    const nowhere = at.latE7 === NOWHERE || at.lonE7 === NOWHERE;
    places.latE7[i] = nowhere ? NOWHERE : at.latE7;
    places.lonE7[i] = nowhere ? NOWHERE : at.lonE7;
  }
  return places;
}
