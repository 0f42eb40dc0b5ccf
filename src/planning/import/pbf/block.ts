import { BadBlock } from './bad-extract.js';
import { Cursor, NOTHING, once, type Span } from './cursor.js';
import { type Mended, Strings } from './strings.js';

const STRING_TABLE = 1;
const GROUP = 2;
const GRANULARITY = 17;
const DATE_GRANULARITY = 18;
const LAT_OFFSET = 19;
const LON_OFFSET = 20;

/** Field numbers of the sorts of element in a group (PrimitiveGroup). */
export const NODE = 1;
export const DENSE = 2;
export const WAY = 3;
export const RELATION = 4;

/** A degree in its billionths; no step between two numbers is sensibly longer. */
const DEGREE = 1_000_000_000;
/** A day in milliseconds, likewise. */
const DAY = 86_400_000;

/** The convention is 8 000 elements a block (wiki.openstreetmap.org/wiki/PBF_Format); no writer is known to go near this. */
export const MOST_ELEMENTS = 2 ** 20;

/** A latitude or longitude that is none. */
export const NOWHERE = 2 ** 31 - 1;

/** A block of data (PrimitiveBlock) with all that its elements are told in. */
export interface Block {
  bytes: Buffer;
  strings: Strings;
  groups: Span[];
  /** Billionths of a degree. */
  granularity: number;
  latOffset: number;
  lonOffset: number;
  /** Milliseconds. */
  dateGranularity: number;
}

/**
 * The frame of an unpacked block; its elements are not looked at.
 * @param mended counts the names that had to be mended, once they are read
 * @throws BadBlock when it is damaged
 */
export function readBlock(bytes: Buffer, mended: Mended): Block {
  const cursor = new Cursor(bytes);
  let table: Span = NOTHING;
  const block = { granularity: 100, latOffset: 0, lonOffset: 0, dateGranularity: 1_000 };
  const groups: Span[] = [];
  while (cursor.next()) {
    if (cursor.field === STRING_TABLE) table = once(table, cursor);
    else if (cursor.field === GROUP) groups.push(cursor.span());
    else if (cursor.field === GRANULARITY) block.granularity = cursor.number();
    else if (cursor.field === DATE_GRANULARITY) block.dateGranularity = cursor.number();
    else if (cursor.field === LAT_OFFSET) block.latOffset = cursor.number();
    else if (cursor.field === LON_OFFSET) block.lonOffset = cursor.number();
    else cursor.skip();
  }
  if (!(block.granularity >= 1 && block.granularity <= DEGREE)) throw new BadBlock('its granularity is out of range');
  if (!(block.dateGranularity >= 1 && block.dateGranularity <= DAY)) {
    throw new BadBlock('its date granularity is out of range');
  }
  return { ...block, bytes, groups, strings: new Strings(bytes, table, mended) };
}

/** What sorts of element a block of data holds, seen without reading them. @throws BadBlock when it is damaged */
export function sortsIn({ bytes, groups }: Pick<Block, 'bytes' | 'groups'>): {
  nodes: boolean;
  ways: boolean;
  relations: boolean;
} {
  const sorts = { nodes: false, ways: false, relations: false };
  for (const group of groups) {
    // The format allows one sort a group, but whoever trusts in that loses what a writer did otherwise.
    for (const cursor = new Cursor(bytes, group); cursor.next(); cursor.skip()) {
      if (cursor.field === NODE || cursor.field === DENSE) sorts.nodes = true;
      else if (cursor.field === WAY) sorts.ways = true;
      else if (cursor.field === RELATION) sorts.relations = true;
    }
  }
  return sorts;
}

/**
 * Where each element of a sort lies in a block.
 * @throws BadBlock when the block is damaged or holds more than a block may
 */
export function elementsIn({ bytes, groups }: Block, field: number): Span[] {
  const spans: Span[] = [];
  for (const group of groups) {
    for (const cursor = new Cursor(bytes, group); cursor.next(); ) {
      if (cursor.field !== field) {
        cursor.skip();
        continue;
      }
      spans.push(cursor.span());
      if (spans.length > MOST_ELEMENTS) throw new BadBlock('it holds more elements than a block may');
    }
  }
  return spans;
}

/** Degrees × 1e7 of a latitude as the block tells it; NOWHERE when there is no such latitude on earth. */
export const latE7 = ({ latOffset, granularity }: Block, value: number): number =>
  within(90e7, (latOffset + granularity * value) / 100);

/** The same for a longitude. */
export const lonE7 = ({ lonOffset, granularity }: Block, value: number): number =>
  within(180e7, (lonOffset + granularity * value) / 100);

function within(most: number, value: number): number {
  const rounded = Math.round(value);
  return rounded >= -most && rounded <= most ? rounded : NOWHERE;
}

/**
 * A number that was told as a difference, or not at all.
 * @throws BadBlock when it is none, or beyond those that can be told apart
 */
export function exact(value: number): number {
  if (!(value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER)) {
    throw new BadBlock('a number is out of range');
  }
  return value;
}
