import { BadBlock } from './bad-extract.js';
import { type Block, MOST_ELEMENTS } from './block.js';
import { Cursor, countNumbers, type Span } from './cursor.js';
import type { Strings } from './strings.js';

/** What is said of an element: values by key. */
export type Tags = Readonly<Record<string, string | undefined>>;

/** The API keeps fewer than a thousand tags an element. */
const MOST_TAGS = 10_000;

function indexIn(block: Block, cursor: Cursor): number {
  const index = cursor.varint();
  if (index >= block.strings.count) throw new BadBlock('a string is not in its table');
  return index;
}

/** What others have written and people will read. */
const NAME = /^(name|ref)\b|name$/;

/** Adds a tag to those of an element. */
export function giveTag(strings: Strings, tags: Record<string, string>, key: number, value: number): void {
  const name = strings.at(key);
  tags[name] = strings.at(value);
  if (strings.someMended && NAME.test(name)) strings.tell(value);
}

/**
 * The tags of an element from its lists of keys and values.
 * @returns null when it has none
 * @throws BadBlock when the lists are not of one length, or point beyond the table of strings
 */
export function readTags(block: Block, keys: Span, values: Span): Tags | null {
  const count = countNumbers(block.bytes, keys);
  if (countNumbers(block.bytes, values) !== count) throw new BadBlock('there are not as many values as keys');
  if (count === 0) return null;
  if (count > MOST_TAGS) throw new BadBlock(`an element has ${count} tags`);
  const tags: Record<string, string> = Object.create(null);
  const key = new Cursor(block.bytes, keys);
  const value = new Cursor(block.bytes, values);
  while (key.more) giveTag(block.strings, tags, indexIn(block, key), indexIn(block, value));
  return tags;
}

/**
 * Checks the list of dense nodes’ tags: for each node its keys and values by turns, and a 0.
 * @returns numbers in the list, none when no node has tags
 * @throws BadBlock when there is not one 0 for each node, or a key without a value
 */
export function denseTags({ bytes, strings }: Block, span: Span, nodes: number): Uint32Array {
  const count = countNumbers(bytes, span);
  if (count > 16 * MOST_ELEMENTS) throw new BadBlock('its nodes have more tags than a block may hold');
  const list = new Uint32Array(count);
  const cursor = new Cursor(bytes, span);
  let ends = 0;
  let halves = 0;
  for (let i = 0; i < count; i++) {
    const index = cursor.varint();
    if (index >= strings.count && index > 0) throw new BadBlock('a string is not in its table');
    list[i] = index;
    if (index === 0 && halves % 2 === 0) {
      ends++;
      halves = 0;
    } else halves++;
    if (halves > 2 * MOST_TAGS) throw new BadBlock('an element has too many tags');
  }
  if (count > 0 && (ends !== nodes || halves > 0))
    throw new BadBlock('the tags of its nodes do not end where they should');
  return list;
}
