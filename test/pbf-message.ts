/** What a field of a protocol buffer holds: a number, bytes, a message, or a packed list of numbers. */
export type Value = bigint | Uint8Array | Message | bigint[];

export interface Field {
  number: number;
  value: Value;
}

export type Message = Field[];

/** Which fields of a message are messages themselves, and which are packed lists; all others are left as they are. */
export interface Shape {
  [field: number]: Shape | 'list';
}

const LISTS: Shape = { 2: 'list', 3: 'list', 4: {}, 8: 'list', 9: 'list', 10: 'list' };
const PAST: Shape = { 1: 'list', 2: 'list', 3: 'list', 4: 'list', 5: 'list', 6: 'list' };

/** The message PrimitiveBlock (wiki.openstreetmap.org/wiki/PBF_Format). */
export const BLOCK: Shape = {
  1: {},
  2: {
    1: { 2: 'list', 3: 'list', 4: {} },
    2: { 1: 'list', 5: PAST, 8: 'list', 9: 'list', 10: 'list' },
    3: LISTS,
    4: LISTS,
  },
};

const U64 = 2n ** 64n;

export const isList = (value: Value): value is bigint[] => Array.isArray(value) && typeof value[0] === 'bigint';
export const isMessage = (value: Value): value is Message => Array.isArray(value) && !isList(value);

/** A signed number as the types sint32 and sint64 write it. */
export const zigzag = (value: number | bigint): bigint => {
  const whole = BigInt(value);
  return whole < 0n ? -2n * whole - 1n : 2n * whole;
};

/** The differences of some numbers, zigzag. */
export const deltas = (values: number[]): bigint[] =>
  values.map((value, i) => zigzag(BigInt(value) - BigInt(values[i - 1] ?? 0)));

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = ((value % U64) + U64) % U64;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

/** The bytes of a message; negative numbers become those of int64. */
export function write(message: Message): Buffer {
  const parts: Uint8Array[] = [];
  for (const { number, value } of message) {
    const key = BigInt(number) << 3n;
    if (typeof value === 'bigint') {
      parts.push(Uint8Array.from([...varint(key), ...varint(value)]));
      continue;
    }
    const content =
      value instanceof Uint8Array ? value : isList(value) ? Uint8Array.from(value.flatMap(varint)) : write(value);
    parts.push(Uint8Array.from([...varint(key | 2n), ...varint(BigInt(content.length))]), content);
  }
  return Buffer.concat(parts);
}

/** Reads what `write` wrote. It trusts its bytes, and is for tests alone. */
export function read(bytes: Uint8Array, shape: Shape): Message {
  const message: Message = [];
  let at = 0;
  const next = (from: Uint8Array): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = from[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const list = (content: Uint8Array): bigint[] => {
    const outside = at;
    const values: bigint[] = [];
    for (at = 0; at < content.length; ) values.push(next(content));
    at = outside;
    return values;
  };
  while (at < bytes.length) {
    const key = Number(next(bytes));
    const number = key >> 3;
    if ((key & 7) === 0) {
      message.push({ number, value: next(bytes) });
      continue;
    }
    const length = Number(next(bytes));
    const content = bytes.subarray(at, at + length);
    at += length;
    const inner = shape[number];
    message.push({ number, value: inner === 'list' ? list(content) : inner ? read(content, inner) : content });
  }
  return message;
}
