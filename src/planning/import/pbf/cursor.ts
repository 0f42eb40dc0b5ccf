import { BadBlock } from './bad-extract.js';

const LOW_28 = 0xfffffff;

/** How the content of a field is written (protobuf.dev/programming-guides/encoding). */
export const VARINT = 0;
const FIXED64 = 1;
export const BYTES = 2;
const FIXED32 = 5;

/** A stretch of bytes: `end` is the first one that does not belong to it. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Reads protocol buffers from a stretch of bytes and never beyond its end: each length is compared with what is left
 * before anybody believes it, and each read moves on. Whatever does not fit throws a BadBlock.
 */
export class Cursor {
  at: number;
  readonly end: number;
  /** Of the field that `next` came to. */
  field = 0;
  wire = 0;
  // Bits 28 to 55 and 56 to 63 of the last long number; the lowest are in #low.
  #low = 0;
  #middle = 0;
  #high = 0;

  /** @throws BadBlock when the span is not inside the bytes */
  constructor(
    readonly bytes: Uint8Array,
    { start, end }: Span = { start: 0, end: bytes.length },
  ) {
    if (!(start >= 0 && start <= end && end <= bytes.length)) throw new BadBlock('a field is cut off');
    this.at = start;
    this.end = end;
  }

  get more(): boolean {
    return this.at < this.end;
  }

  /** Goes to the next field of a message; its content has to be read or skipped then. @returns false at the end */
  next(): boolean {
    if (this.at >= this.end) return false;
    const key = this.varint();
    // Numbers of fields have 29 bits.
    if (key > 0xffffffff || key < 8) throw new BadBlock(`there is no field ${Math.floor(key / 8)}`);
    this.field = Math.floor(key / 8);
    this.wire = key % 8;
    return true;
  }

  /** An unsigned number; above 2^53 it is only about right. */
  varint(): number {
    const { bytes, end } = this;
    let at = this.at;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) throw new BadBlock('a number is cut off');
      const byte = bytes[at++];
      low |= (byte & 127) << shift;
      if (byte < 128) {
        this.at = at;
        return low;
      }
    }
    this.at = at;
    return this.#long(low);
  }

  #long(low: number): number {
    const { bytes, end } = this;
    let middle = 0;
    let high = 0;
    for (let nth = 4; nth < 10; nth++) {
      if (this.at >= end) throw new BadBlock('a number is cut off');
      const byte = bytes[this.at++];
      if (nth < 8) middle |= (byte & 127) << (7 * (nth - 4));
      else high |= (byte & 127) << (7 * (nth - 8));
      if (byte >= 128) continue;
      // The tenth byte has room for one bit.
      if (high > 255) break;
      this.#low = low;
      this.#middle = middle;
      this.#high = high;
      return low + middle * 2 ** 28 + high * 2 ** 56;
    }
    throw new BadBlock('a number has no end');
  }

  /** A number as the types int32 and int64 write it. @throws BadBlock beyond ±2^53, where numbers are not exact */
  int(): number {
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return value;
    if (this.#high < 128) throw new BadBlock('a number is out of range');
    const complement = (~this.#low & LOW_28) + (~this.#middle & LOW_28) * 2 ** 28 + (255 - this.#high) * 2 ** 56 + 1;
    if (complement > Number.MAX_SAFE_INTEGER) throw new BadBlock('a number is out of range');
    return -complement;
  }

  /** A number as the types sint32 and sint64 write it (zigzag). @throws BadBlock beyond ±2^52 */
  sint(): number {
    const value = this.varint();
    if (value < 0x80000000) return (value >>> 1) ^ -(value & 1);
    if (value > Number.MAX_SAFE_INTEGER) throw new BadBlock('a number is out of range');
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Where the content of a field with a length lies. @throws BadBlock when the field has none */
  span(): Span {
    if (this.wire !== BYTES) throw new BadBlock(`field ${this.field} is of another type`);
    const length = this.varint();
    if (length > this.end - this.at) throw new BadBlock('a field is cut off');
    const start = this.at;
    this.at += length;
    return { start, end: this.at };
  }

  /** The number in a field. @throws BadBlock when the field holds something else */
  number(): number {
    if (this.wire !== VARINT) throw new BadBlock(`field ${this.field} is of another type`);
    return this.int();
  }

  /** Passes over the content of a field. */
  skip(): void {
    if (this.wire === VARINT) this.varint();
    else if (this.wire === BYTES) this.span();
    else if (this.wire === FIXED64) this.#pass(8);
    else if (this.wire === FIXED32) this.#pass(4);
    else throw new BadBlock(`there is no field of type ${this.wire}`);
  }

  #pass(length: number): void {
    if (length > this.end - this.at) throw new BadBlock('a field is cut off');
    this.at += length;
  }
}

/** A span with nothing in it, for a field that is not there. */
export const NOTHING: Span = { start: 0, end: 0 };

/**
 * How many numbers a packed list holds: as many as it has bytes that end one.
 * @throws BadBlock when its last number has no end
 */
export function countNumbers(bytes: Uint8Array, { start, end }: Span): number {
  let count = 0;
  for (let at = start; at < end; at++) if (bytes[at] < 128) count++;
  if (end > start && bytes[end - 1] >= 128) throw new BadBlock('a number is cut off');
  return count;
}

/**
 * A span that may be told once: a list in two pieces would have to be put together, and nobody writes them so.
 * @throws BadBlock the second time
 */
export function once(before: Span, cursor: Cursor): Span {
  if (before !== NOTHING) throw new BadBlock(`field ${cursor.field} stands in it twice`);
  return cursor.span();
}
