/** One field of a protocol buffer: numbers for varints, bytes for everything that has a length. */
interface Field {
  number: number;
  value: number | Uint8Array;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * The fields of a message, in their order (protobuf.dev/programming-guides/encoding). For the few messages around the
 * data of an extract, not for the data itself.
 * @throws RangeError when the bytes end inside a field or are no protocol buffer
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; scale < 2 ** 63; scale *= 128) {
      if (at >= bytes.length) throw new RangeError('a field is cut off');
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('a number has no end');
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError('a field is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === VARINT) yield { number, value: varint() };
    else if (wire === BYTES) yield { number, value: take(varint()) };
    else if (wire === FIXED64) yield { number, value: take(8) };
    else if (wire === FIXED32) yield { number, value: take(4) };
    else throw new RangeError(`there is no field of type ${wire}`);
  }
}

export const textOf = (value: number | Uint8Array): string =>
  typeof value === 'number' ? '' : new TextDecoder().decode(value);
