import { deflateSync } from 'node:zlib';
import { type OsmData, osmBlocks } from '../../test/osm-file.js';
import { blob, framed, type Packing } from '../../test/pbf-blob.js';
import { type Message, type Value, write } from '../../test/pbf-message.js';
import type { Base } from './bases.js';
import { absurdNumber, Dice, flip, hostileText, wrongField, wrongList } from './damage.js';

export interface Mutant {
  kind: string;
  base: string;
  bytes: Buffer;
}

const field = (number: number, value: Value) => ({ number, value });
const PACKINGS: Packing[] = ['raw', 'zlib', 'zstd', 'lz4'];

const header = (base: Base): Buffer => framed('OSMHeader', blob(write(base.header)));
const data = (content: Uint8Array, packing?: Packing): Buffer => framed('OSMData', blob(content, packing));
const whole = (base: Base, contents: Uint8Array[]): Buffer =>
  Buffer.concat([header(base), ...contents.map((content) => data(content))]);

/** One block damaged by `damage` once or a few times, all else as it was. */
function withOne(base: Base, dice: Dice, damage: (message: Message, dice: Dice) => boolean): Buffer {
  const damaged = dice.below(base.blocks.length);
  const contents = base.blocks.map((block, i) => {
    if (i !== damaged) return write(block);
    const copy = structuredClone(block);
    for (let n = dice.of([1, 1, 1, 2, 5]); n > 0; n--) damage(copy, dice);
    return write(copy);
  });
  return whole(base, contents);
}

/** A good deal of nothing: megabytes that pack into kilobytes. */
function giant(base: Base, dice: Dice): Buffer {
  const count = 10 ** (5 + dice.below(3));
  const zeros = Buffer.alloc(count);
  const ones = Buffer.alloc(count, 2);
  const table = field(1, [field(1, Buffer.alloc(0)), field(1, Buffer.from('highway')), field(1, Buffer.from('path'))]);
  const block = (group: Message): Uint8Array => write([table, field(2, group)]);
  const dense = (ids: Buffer): Message => [field(2, [field(1, ids), field(8, zeros), field(9, zeros)])];
  const tagged: Message = [field(2, Buffer.from([1])), field(3, Buffer.from([2]))];
  const giants: (() => Uint8Array)[] = [
    () => block(dense(zeros)),
    () => block(dense(ones)),
    () => block([field(3, [field(1, 1n), ...tagged, field(8, ones)])]),
    () => block([field(3, [field(1, 1n), field(2, ones), field(3, ones)])]),
    () => write([field(1, new Array(Math.min(count, 10 ** 6)).fill(field(1, Buffer.alloc(0))))]),
    () =>
      block([field(4, [field(1, 1n), ...tagged, field(8, zeros), field(9, ones), field(10, Buffer.alloc(count, 1))])]),
  ];
  const content = dice.of(giants)();
  const times = dice.of([1, 1, 5, 30]);
  const packed = data(content);
  return Buffer.concat([whole(base, base.blocks.map(write)), ...new Array(times).fill(packed)]);
}

/** Honest in each part and monstrous as a whole: thousands of ways, parkings or names at one place. */
function crowd(base: Base, dice: Dice): Buffer {
  const count = dice.of([500, 3_000, 15_000]);
  const step = dice.of([0, 1e-7, 1e-5]);
  const range = Array.from({ length: count }, (_, i) => i);
  const at = (i: number) => ({ id: 900_000 + i, lat: 46 + step * i, lon: 11 + step * (i % 100) });
  const crowds: (() => OsmData)[] = [
    () => ({ nodes: range.map((i) => ({ ...at(i), tags: { amenity: 'parking' } })), ways: [] }),
    () => ({ nodes: range.map((i) => ({ ...at(i), tags: { place: 'village', name: 'a '.repeat(120) } })), ways: [] }),
    () => ({
      nodes: range.map(at),
      ways: range.slice(1).map((i) => ({ id: 9_000 + i, refs: [900_000, 900_000 + i], tags: { highway: 'path' } })),
    }),
    () => ({
      nodes: range.map(at),
      ways: [{ id: 9_000, refs: range.map((i) => 900_000 + i), tags: { highway: 'path' } }],
      relations: range.slice(0, 2_000).map((i) => ({
        id: 9_000 + i,
        ways: [9_000],
        tags: { type: i % 2 ? 'route' : 'multipolygon', route: 'hiking', name: `R${i}`, amenity: 'parking' },
      })),
    }),
  ];
  const more = osmBlocks({ ...dice.of(crowds)(), dense: true });
  return whole(base, [...base.blocks, ...more].map(write));
}

type Kind = (base: Base, dice: Dice, all: Base[]) => Buffer;

const KINDS: Record<string, Kind> = {
  'cut off': (base, dice) => {
    const bytes = whole(base, base.blocks.map(write));
    return bytes.subarray(0, dice.below(bytes.length));
  },
  'bits of the file flipped': (base, dice) => flip(whole(base, base.blocks.map(write)), dice, 20),
  'bits inside a block flipped': (base, dice) => {
    const damaged = dice.below(base.blocks.length);
    return whole(
      base,
      base.blocks.map((block, i) => (i === damaged ? flip(write(block), dice, 5) : write(block))),
    );
  },
  'block cut off inside': (base, dice) => {
    const damaged = dice.below(base.blocks.length);
    return whole(
      base,
      base.blocks.map((block, i) => {
        const content = write(block);
        return i === damaged ? content.subarray(0, dice.below(content.length)) : content;
      }),
    );
  },
  'absurd number': (base, dice) => withOne(base, dice, absurdNumber),
  'list of another length': (base, dice) => withOne(base, dice, wrongList),
  'field missing, twice or renamed': (base, dice) => withOne(base, dice, wrongField),
  'hostile texts': (base, dice) => withOne(base, dice, hostileText),
  'other scale or offset': (base, dice) => {
    const fields = dice.of([
      [field(17, dice.of([0n, 1n, 10n, 1_000n, 10_000n, 2n ** 31n, -100n]))],
      [field(19, dice.of([91n, -1n, 10n ** 9n, -(10n ** 9n)]) * 10n ** 9n)],
      [field(20, dice.of([200n, -181n, 1n, 10n ** 9n]) * 10n ** 9n)],
    ]);
    const damaged = dice.below(base.blocks.length);
    return whole(
      base,
      base.blocks.map((block, i) => write(i === damaged || dice.random() < 0.3 ? [...block, ...fields] : block)),
    );
  },
  'blocks doubled, shuffled or joined': (base, dice, all) => {
    const contents = base.blocks.map(write);
    const mixed = (): Buffer[] =>
      contents
        .map((content) => ({ content, at: dice.random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ content }) => content);
    const other = dice.of(all);
    return dice.of([
      () => whole(base, [...contents, ...contents]),
      () => whole(base, mixed()),
      () => whole(base, [...contents, dice.of(contents)]),
      () => Buffer.concat([whole(base, contents), whole(other, other.blocks.map(write))]),
      () => Buffer.concat([...contents.map((content) => data(content)), header(base)]),
    ])();
  },
  'packed otherwise, or lying about it': (base, dice) => {
    const contents = base.blocks.map(write);
    const packing = dice.of(PACKINGS);
    const lying = dice.below(contents.length);
    const lie = (content: Uint8Array): Buffer => {
      const honest = blob(content, packing);
      return framed(
        'OSMData',
        dice.of([
          () => honest,
          () => [field(2, dice.of([0n, 1n, 2n ** 25n, 2n ** 25n + 1n, 2n ** 31n - 1n, -1n])), honest[1]],
          () => [honest[0], field(dice.of([1, 3, 4, 5, 6, 7]), honest[1].value)],
          () => [honest[0], field(honest[1].number, flip(Buffer.from(honest[1].value as Uint8Array), dice, 3))],
          () => [field(2, 2n ** 25n), field(3, deflateSync(Buffer.alloc(2 ** 25)))],
          () => [honest[1]],
        ])(),
      );
    };
    return Buffer.concat([
      header(base),
      ...contents.map((content, i) => (i === lying ? lie(content) : data(content, packing))),
    ]);
  },
  'other header': (base, dice) => {
    const fields = dice.of([
      [field(4, Buffer.from(dice.of(['HistoricalInformation', 'Sparse\u001b[31m', 'Has_Metadata'])))],
      [field(32, dice.of([0n, -1n, 253_402_300_800n, 2n ** 62n, 1_800_000_000_000n]))],
      [field(5, Buffer.from('Sort.Type_then_ID'))],
    ]);
    const said = base.header.filter(({ number }) => number !== fields[0].number || number === 4);
    return whole({ ...base, header: [...said, ...fields] }, base.blocks.map(write));
  },
  'megabytes of nothing': giant,
  'crowd at one place': crowd,
};

export const KIND_NAMES = Object.keys(KINDS);

/** Mutant number n of a seed: every kind comes in its turn, all else is drawn. */
export function mutant(n: number, random: () => number, all: Base[]): Mutant {
  const dice = new Dice(random);
  const kind = KIND_NAMES[n % KIND_NAMES.length];
  const base = dice.of(all);
  return { kind, base: base.name, bytes: KINDS[kind](base, dice, all) };
}
