import { type Field, isList, isMessage, type Message } from '../../test/pbf-message.js';

/** A source of numbers in [0, 1) and what is drawn with them. */
export class Dice {
  constructor(readonly random: () => number) {}

  /** A whole number below `end`. */
  below(end: number): number {
    return Math.floor(this.random() * end);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

/** Numbers at which arithmetic goes wrong. */
const EDGES = [
  ...[0n, 1n, 2n, 127n, 128n, 255n, 8_001n, 65_535n, 1_000_000n],
  ...[31n, 32n, 52n, 53n, 62n, 63n].flatMap((bits) => [2n ** bits - 1n, 2n ** bits]),
  2n ** 64n - 1n,
];

const HOSTILE = [
  'a\u0000b',
  '\u001b[2J\u001b[31mred',
  '\u009b31m',
  '\u202egnp.exe',
  'x'.repeat(300),
  'é'.repeat(70_000),
  'a '.repeat(2_000),
  '\ufdfa'.repeat(255),
  '',
  ' ',
  '"; drop table region; --',
  '__proto__',
  'constructor',
];

/** Every field of a message and of those in it. */
function* fieldsIn(message: Message): Generator<{ field: Field; owner: Message }> {
  for (const field of message) {
    yield { field, owner: message };
    if (isMessage(field.value)) yield* fieldsIn(field.value);
  }
}

/** A field that `is` such; null when there is none. Fields deep down are drawn as often as those above. */
export function draw(
  message: Message,
  dice: Dice,
  is: (field: Field) => boolean,
): { field: Field; owner: Message } | null {
  const found = [...fieldsIn(message)].filter(({ field }) => is(field));
  // Most fields belong to ways: draw the number of the field first.
  const numbers = [...new Set(found.map(({ field }) => field.number))];
  if (numbers.length === 0) return null;
  const number = dice.of(numbers);
  return dice.of(found.filter(({ field }) => field.number === number));
}

/** A number becomes one that nobody expects. @returns whether there was one */
export function absurdNumber(message: Message, dice: Dice): boolean {
  const found = draw(message, dice, ({ value }) => typeof value === 'bigint' || (isList(value) && value.length > 0));
  if (!found) return false;
  const { value } = found.field;
  if (isList(value)) value[dice.below(value.length)] = dice.of(EDGES);
  else found.field.value = dice.of(EDGES);
  return true;
}

/** A list is no longer as long as those beside it. */
export function wrongList(message: Message, dice: Dice): boolean {
  const found = draw(message, dice, ({ value }) => isList(value));
  if (!found) return false;
  const list = found.field.value as bigint[];
  const ways: (() => bigint[])[] = [
    () => list.slice(0, -1),
    () => list.slice(1),
    () => [],
    () => [...list, ...list],
    () => list.toReversed(),
    () => list.map(() => 0n),
    () => list.map(() => dice.of(EDGES)),
    () => [...list, dice.of(EDGES)],
    () => new Array(50_000).fill(list[0]),
  ];
  found.field.value = dice.of(ways)();
  return true;
}

/** A text becomes one that terminals or databases do not take well. */
export function hostileText(message: Message, dice: Dice): boolean {
  const texts = message.find(({ number }) => number === 1)?.value;
  if (!texts || !isMessage(texts) || texts.length < 2) return false;
  // Values as well as keys: a good part of them, for most strings are of no interest.
  for (const field of texts.slice(1)) {
    if (dice.random() < 0.3) {
      const text = dice.random() < 0.1 ? Buffer.from([0xff, 0xfe, 0xc0, 0x80]) : Buffer.from(dice.of(HOSTILE));
      field.value = dice.random() < 0.5 ? text : Buffer.concat([field.value as Uint8Array, text]);
    }
  }
  return true;
}

/** A field is gone, there twice, or called otherwise. */
export function wrongField(message: Message, dice: Dice): boolean {
  const found = draw(message, dice, () => true);
  if (!found) return false;
  const { field, owner } = found;
  const what = dice.below(3);
  if (what === 0) owner.splice(owner.indexOf(field), 1);
  else if (what === 1) owner.push(field);
  else field.number = 1 + dice.below(20);
  return true;
}

/** Flips bits. */
export function flip(bytes: Buffer, dice: Dice, most: number): Buffer {
  const flipped = Buffer.from(bytes);
  for (let n = 1 + dice.below(most); n > 0 && flipped.length > 0; n--) {
    flipped[dice.below(flipped.length)] ^= 1 << dice.below(8);
  }
  return flipped;
}
