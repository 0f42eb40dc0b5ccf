import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OsmData, osmBlocks } from '../../../../test/osm-file.js';
import { type Message, type Value, write, zigzag } from '../../../../test/pbf-message.js';
import { BadBlock } from './bad-extract.js';
import { type Block, NOWHERE, readBlock, sortsIn } from './block.js';
import { type Nodes, nodesIn } from './nodes.js';
import { relationsIn } from './relations.js';
import { waysIn } from './ways.js';

const data: OsmData = {
  nodes: [
    { id: 7, lat: 46.5, lon: 11.25 },
    { id: 9, lat: -46.5, lon: -11.25, tags: { natural: 'peak', name: 'Spitz' } },
    { id: 12, lat: 0, lon: 180, deleted: true },
  ],
  ways: [{ id: 5, refs: [7, 9, 7], tags: { highway: 'path' } }],
  relations: [{ id: 3, ways: [5], tags: { type: 'route' } }],
  changedAtMs: Date.UTC(2024, 1, 2),
};

const open = (message: Message): Block => readBlock(write(message), { controls: 0, tooLong: 0 });
const everything = (block: Block): unknown[] => [...nodesIn(block, true), ...waysIn(block), ...relationsIn(block)];
const nodes = (more: Partial<OsmData>): Nodes => {
  const [found] = nodesIn(open(osmBlocks({ ...data, ways: [], relations: [], ...more })[0]), true);
  return found;
};
const field = (number: number, value: Value) => ({ number, value });
/** A block with a table of two strings and one group. */
const group = (...elements: Message): Block =>
  open([field(1, [field(1, Buffer.from('')), field(1, Buffer.from('highway'))]), field(2, elements)]);
const dense = (...columns: Message): Block => group(field(2, columns));

describe('the nodes of a block', () => {
  test.each([true, false])(
    'are read with their places, tags, times and whether they still exist (dense: %s)',
    (isDense) => {
      const found = nodes({ dense: isDense });
      expect([...found.id]).toEqual([7, 9, 12]);
      expect([...found.latE7]).toEqual([465_000_000, -465_000_000, 0]);
      expect([...found.lonE7]).toEqual([112_500_000, -112_500_000, 1_800_000_000]);
      expect([...found.changedAtMs!]).toEqual(new Array(3).fill(data.changedAtMs));
      expect([...found.deleted!]).toEqual([0, 0, 1]);
      expect(found.tagged).toEqual([1]);
      expect({ ...found.tags[0] }).toEqual({ natural: 'peak', name: 'Spitz' });
    },
  );

  test.each([
    [91, 0],
    [-90.000_000_1, 0],
    [0, 200],
    [0, -180.000_000_1],
  ])('are nowhere at %d, %d', (lat, lon) => {
    for (const isDense of [true, false]) {
      const found = nodes({ dense: isDense, nodes: [{ id: 1, lat, lon }] });
      expect([found.latE7[0], found.lonE7[0]]).toEqual([NOWHERE, NOWHERE]);
    }
  });

  test.each<[string, Message, string]>([
    [
      'tags lack their last 0',
      [field(1, [2n, 2n]), field(8, [0n, 0n]), field(9, [0n, 0n]), field(10, [1n, 1n, 0n, 1n, 1n])],
      'the tags of its nodes do not end where they should',
    ],
    [
      'tags are of fewer nodes',
      [field(1, [2n, 2n]), field(8, [0n, 0n]), field(9, [0n, 0n]), field(10, [1n, 1n, 0n])],
      'the tags of its nodes do not end where they should',
    ],
    [
      'tags have a key without a value',
      [field(1, [2n]), field(8, [0n]), field(9, [0n]), field(10, [1n, 0n, 1n])],
      'the tags of its nodes do not end where they should',
    ],
    [
      'tags point beyond the strings',
      [field(1, [2n]), field(8, [0n]), field(9, [0n]), field(10, [1n, 2n, 0n])],
      'a string is not in its table',
    ],
    [
      'latitudes are too few',
      [field(1, [2n, 2n]), field(8, [0n]), field(9, [0n, 0n])],
      'there are not as many places as nodes',
    ],
    ['longitudes are missing', [field(1, [2n]), field(8, [0n])], 'there are not as many places as nodes'],
    [
      'ids overflow',
      [field(1, [2n ** 53n - 1n, 2n ** 53n - 1n, 2n ** 53n - 1n]), field(8, [0n, 0n, 0n]), field(9, [0n, 0n, 0n])],
      'a number is out of range',
    ],
    [
      'latitudes overflow',
      [field(1, new Array(3).fill(2n)), field(8, new Array(3).fill(2n ** 53n - 2n)), field(9, [0n, 0n, 0n])],
      'a number is out of range',
    ],
    [
      'times are too few',
      [field(1, [2n, 2n]), field(8, [0n, 0n]), field(9, [0n, 0n]), field(5, [field(2, [4n])])],
      'there is not as much known of the past as there are nodes',
    ],
  ])('are refused when their %s', (_, columns, line) => {
    expect(() => everything(dense(...columns))).toThrow(new BadBlock(line));
  });

  test('are refused when there are more than a block may hold, before there is room made for them', () => {
    const many = Buffer.alloc(2 ** 20 + 1);
    expect(() => everything(dense(field(1, many), field(8, many), field(9, many)))).toThrow(
      new BadBlock('it holds more elements than a block may'),
    );
  });
});

describe('ways and relations of a block', () => {
  test('are read with their nodes and members', () => {
    const [way] = waysIn(open(osmBlocks(data)[1]));
    expect([way.id, [...way.refs], way.places]).toEqual([5, [7, 9, 7], null]);
    const [relation] = relationsIn(open(osmBlocks(data)[2]));
    expect([relation.id, relation.outerWays]).toEqual([3, [5]]);
  });

  test('ways may tell where their nodes are', () => {
    const [way] = waysIn(open(osmBlocks({ ...data, locationsOnWays: true })[1]));
    expect([...way.places!.latE7]).toEqual([465_000_000, -465_000_000, 465_000_000]);
    expect([...way.places!.lonE7]).toEqual([112_500_000, -112_500_000, 112_500_000]);
  });

  test.each<[string, Message, string]>([
    ['a way without an id', [field(3, [field(8, [2n])])], 'a number is out of range'],
    [
      'a way with more keys than values',
      [field(3, [field(1, 1n), field(2, [1n])])],
      'there are not as many values as keys',
    ],
    [
      'a way with a key that is no string',
      [field(3, [field(1, 1n), field(2, [9n]), field(3, [1n])])],
      'a string is not in its table',
    ],
    [
      'a way with fewer places than nodes',
      [field(3, [field(1, 1n), field(8, [2n, 2n]), field(9, [2n]), field(10, [2n])])],
      'a way has not as many places as nodes',
    ],
    [
      'a way with references that overflow',
      [field(3, [field(1, 1n), field(8, new Array(3).fill(2n ** 53n - 2n))])],
      'a number is out of range',
    ],
    [
      'a relation with fewer roles than members',
      [field(4, [field(1, 1n), field(9, [2n]), field(10, [1n])])],
      'a relation has not as many roles as members',
    ],
    [
      'a relation with a member of no sort',
      [field(4, [field(1, 1n), field(8, [0n]), field(9, [2n]), field(10, [3n])])],
      'a relation has a member of no known sort',
    ],
  ])('are refused: %s', (_, elements, line) => {
    expect(() => everything(group(...elements))).toThrow(new BadBlock(line));
  });
});

describe('a block', () => {
  test('moves and scales its places as it says', () => {
    const block = open([
      field(1, [field(1, Buffer.from(''))]),
      field(2, [field(2, [field(1, [2n]), field(8, [zigzag(46)]), field(9, [zigzag(-11)])])]),
      field(17, 1_000_000_000n),
      field(19, -500_000_000n),
      field(20, 250_000_000n),
    ]);
    const [found] = nodesIn(block, false);
    expect([found.latE7[0], found.lonE7[0]]).toEqual([455_000_000, -107_500_000]);
  });

  test.each([0n, -1n, 2n ** 40n])('with a granularity of %s is refused', (granularity) => {
    expect(() => open([field(17, granularity)])).toThrow(new BadBlock('its granularity is out of range'));
  });

  test('tells what sorts are in it even where a group holds several', () => {
    const mixed = group(field(3, [field(1, 1n)]), field(4, [field(1, 1n)]));
    expect(sortsIn(mixed)).toEqual({ nodes: false, ways: true, relations: true });
  });

  test('that was damaged anywhere is read or refused, in a line that says why', () => {
    const blocks = [...osmBlocks(data), ...osmBlocks({ ...data, dense: true, locationsOnWays: true })].map(write);
    fc.assert(
      fc.property(
        fc.constantFrom(...blocks),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (block, changes, cut) => {
          const bytes = Buffer.from(block.subarray(0, cut % 3 === 0 ? cut % block.length : undefined));
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          try {
            everything(readBlock(bytes, { controls: 0, tooLong: 0 }));
          } catch (error) {
            expect(error).toBeInstanceOf(BadBlock);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
