import { BadBlock } from './bad-extract.js';
import { type Block, DENSE, elementsIn, exact, latE7, lonE7, MOST_ELEMENTS, NODE, NOWHERE } from './block.js';
import { Cursor, countNumbers, NOTHING, once, type Span, VARINT } from './cursor.js';
import { readInfo } from './info.js';
import { denseTags, giveTag, readTags, type Tags } from './tags.js';

/** Nodes as columns: what stands at one index belongs to one node. */
export interface Nodes {
  id: Float64Array;
  /** Degrees × 1e7; both are NOWHERE when there is no such place. */
  lonE7: Int32Array;
  latE7: Int32Array;
  /** 1 for a node that was deleted; null when none was. */
  deleted: Uint8Array | null;
  /** Milliseconds since 1970, NaN where it is not said; null when nobody wants to know. */
  changedAtMs: Float64Array | null;
  /** Those that have tags: their indexes, ascending, and the tags of each. */
  tagged: number[];
  tags: Tags[];
}

/**
 * The nodes of a block, dense ones and others.
 * @param withTimes whether to read when each was last changed
 * @throws BadBlock when the block is damaged
 */
export function* nodesIn(block: Block, withTimes: boolean): Generator<Nodes> {
  let total = 0;
  for (const span of elementsIn(block, DENSE)) {
    const nodes = denseNodes(block, span, withTimes);
    total += nodes.id.length;
    if (total > MOST_ELEMENTS) throw new BadBlock('it holds more elements than a block may');
    yield nodes;
  }
  const single = elementsIn(block, NODE);
  if (single.length > 0) yield singleNodes(block, single, withTimes);
}

function denseNodes(block: Block, span: Span, withTimes: boolean): Nodes {
  const { bytes } = block;
  let [ids, info, lats, lons, keysValues] = [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING];
  for (const cursor = new Cursor(bytes, span); cursor.next(); ) {
    if (cursor.field === 1) ids = once(ids, cursor);
    else if (cursor.field === 5) info = once(info, cursor);
    else if (cursor.field === 8) lats = once(lats, cursor);
    else if (cursor.field === 9) lons = once(lons, cursor);
    else if (cursor.field === 10) keysValues = once(keysValues, cursor);
    else cursor.skip();
  }
  const count = countNumbers(bytes, ids);
  if (count > MOST_ELEMENTS) throw new BadBlock('it holds more elements than a block may');
  if (countNumbers(bytes, lats) !== count || countNumbers(bytes, lons) !== count) {
    throw new BadBlock('there are not as many places as nodes');
  }
  const nodes: Nodes = {
    id: new Float64Array(count),
    lonE7: new Int32Array(count),
    latE7: new Int32Array(count),
    ...denseInfo(block, info, count, withTimes),
    tagged: [],
    tags: [],
  };
  const [idAt, latAt, lonAt] = [new Cursor(bytes, ids), new Cursor(bytes, lats), new Cursor(bytes, lons)];
  let [id, lat, lon] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    id = exact(id + idAt.sint());
    lat = exact(lat + latAt.sint());
    lon = exact(lon + lonAt.sint());
    nodes.id[i] = id;
    place(nodes, i, latE7(block, lat), lonE7(block, lon));
  }
  giveDenseTags(block, nodes, denseTags(block, keysValues, count));
  return nodes;
}

function place(nodes: Nodes, i: number, lat: number, lon: number): void {
  const nowhere = lat === NOWHERE || lon === NOWHERE;
  nodes.latE7[i] = nowhere ? NOWHERE : lat;
  nodes.lonE7[i] = nowhere ? NOWHERE : lon;
}

function giveDenseTags({ strings }: Block, nodes: Nodes, list: Uint32Array): void {
  let node = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] !== 0) {
      const tags: Record<string, string> = Object.create(null);
      for (; list[i] !== 0; i += 2) giveTag(strings, tags, list[i], list[i + 1]);
      nodes.tagged.push(node);
      nodes.tags.push(tags);
    }
    node++;
  }
}

type Past = Pick<Nodes, 'deleted' | 'changedAtMs'>;

function denseInfo({ bytes, dateGranularity }: Block, span: Span, count: number, withTimes: boolean): Past {
  let [times, visible] = [NOTHING, NOTHING];
  for (const cursor = new Cursor(bytes, span); cursor.next(); ) {
    if (cursor.field === 2) times = once(times, cursor);
    else if (cursor.field === 6) visible = once(visible, cursor);
    else cursor.skip();
  }
  for (const list of [times, visible]) {
    if (list !== NOTHING && list.end > list.start && countNumbers(bytes, list) !== count) {
      throw new BadBlock('there is not as much known of the past as there are nodes');
    }
  }
  const past: Past = { deleted: null, changedAtMs: null };
  if (withTimes && times.end > times.start) {
    past.changedAtMs = new Float64Array(count);
    const cursor = new Cursor(bytes, times);
    let time = 0;
    for (let i = 0; i < count; i++) {
      time += cursor.sint();
      past.changedAtMs[i] = dateGranularity * time;
    }
  }
  if (visible.end > visible.start) {
    past.deleted = new Uint8Array(count);
    const cursor = new Cursor(bytes, visible);
    for (let i = 0; i < count; i++) past.deleted[i] = cursor.varint() === 0 ? 1 : 0;
  }
  return past;
}

function singleNodes(block: Block, spans: Span[], withTimes: boolean): Nodes {
  const { bytes } = block;
  const count = spans.length;
  const nodes: Nodes = {
    id: new Float64Array(count),
    lonE7: new Int32Array(count),
    latE7: new Int32Array(count),
    deleted: new Uint8Array(count),
    changedAtMs: withTimes ? new Float64Array(count).fill(Number.NaN) : null,
    tagged: [],
    tags: [],
  };
  for (let i = 0; i < count; i++) {
    let [keys, values, info] = [NOTHING, NOTHING, NOTHING];
    let [id, lat, lon] = [Number.NaN, Number.NaN, Number.NaN];
    for (const cursor = new Cursor(bytes, spans[i]); cursor.next(); ) {
      if (cursor.field === 1) id = signed(cursor);
      else if (cursor.field === 2) keys = once(keys, cursor);
      else if (cursor.field === 3) values = once(values, cursor);
      else if (cursor.field === 4) info = once(info, cursor);
      else if (cursor.field === 8) lat = signed(cursor);
      else if (cursor.field === 9) lon = signed(cursor);
      else cursor.skip();
    }
    nodes.id[i] = exact(id);
    place(nodes, i, latE7(block, lat), lonE7(block, lon));
    const past = readInfo(block, info);
    if (!past.visible) nodes.deleted![i] = 1;
    if (nodes.changedAtMs) nodes.changedAtMs[i] = past.changedAtMs;
    const tags = readTags(block, keys, values);
    if (!tags) continue;
    nodes.tagged.push(i);
    nodes.tags.push(tags);
  }
  return nodes;
}

function signed(cursor: Cursor): number {
  if (cursor.wire !== VARINT) throw new BadBlock(`field ${cursor.field} is of another type`);
  return cursor.sint();
}
