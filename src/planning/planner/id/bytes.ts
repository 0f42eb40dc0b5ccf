/** Text that no encoding gives: it holds something else, or the same in other words. */
export class MalformedLoopId extends Error {
  override name = 'MalformedLoopId';
}

const NONE = 0;

/** Whole numbers as groups of seven bits, the lowest first, the last without its high bit (LEB128). */
export class Writer {
  readonly bytes: number[] = [];

  number(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.bytes.push((rest % 0x80) | 0x80);
    this.bytes.push(rest);
  }

  /** Also below zero, small numbers of either sign in few bytes. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  optional(value: number | null): void {
    this.number(value === null ? NONE : value + 1);
  }
}

/** Reads what a `Writer` wrote. */
export class Reader {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

  /** @throws MalformedLoopId at the end, or at a number beyond 2⁴⁹ */
  number(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 49; scale *= 0x80) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw new MalformedLoopId('a loop id ends too early');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new MalformedLoopId('a loop id holds a number that is too large');
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  optional(): number | null {
    const value = this.number();
    return value === NONE ? null : value - 1;
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.#at);
  }
}

/** FNV-1a, a byte at a time; start from `FNV_START`. */
export const FNV_START = 0x811c9dc5;
export const fnv = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

/** Which exits were taken, as one large number whose digits count in the number of exits at each junction. */
export function packExits(exits: { choice: number; of: number }[]): Uint8Array {
  let value = 0n;
  for (let i = exits.length - 1; i >= 0; i--) value = value * BigInt(exits[i].of) + BigInt(exits[i].choice);
  const bytes: number[] = [];
  for (let hex = value.toString(16), end = hex.length; end > 0; end -= 2) {
    bytes.push(Number.parseInt(hex.slice(Math.max(0, end - 2), end), 16));
  }
  return Uint8Array.from(bytes);
}

/** Takes packed exits one after the other. */
export class ExitReader {
  #value: bigint;

  constructor(packed: Uint8Array) {
    this.#value = packed.length > 0 ? BigInt(`0x${Buffer.from(packed).reverse().toString('hex')}`) : 0n;
  }

  /** @param of how many exits there are at this junction */
  take(of: number): number {
    const choice = Number(this.#value % BigInt(of));
    this.#value /= BigInt(of);
    return choice;
  }

  /** Nothing is left over. */
  get isDone(): boolean {
    return this.#value === 0n;
  }
}
