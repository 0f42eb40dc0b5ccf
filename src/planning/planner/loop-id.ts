import type { Loop, LoopRequest } from './loop-request.js';

/** All that an id holds: with the network around its start, it is the loop. */
export interface LoopId {
  /** Id of the trailhead it was planned from, null when it starts at a junction of its own choice. */
  trailhead: string | null;
  /** The junction where the walk begins and ends, degrees × 1e7. */
  startLonE7: number;
  startLatE7: number;
  /** What was asked; direction, count and seed are not kept, since the loop does not depend on them. */
  request: Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters' | 'maxDifficulty'>;
  /** Of the finished loop, to know which tiles it can touch. */
  lengthMeters: number;
  stepCount: number;
  /** Of the loop's geometry and elevations: another walk, or the same one on changed data, has another. */
  checksum: number;
}

/** An id that cannot have come from `encodeLoopId`. */
export class MalformedLoopId extends Error {
  override name = 'MalformedLoopId';
}

const VERSION = 1;
const MAX_CHARACTERS = 2_000;
const NONE = 0;

/** Lengths in ids are whole decimetres, ascents whole metres: a request is rounded so before it is planned. */
export function roundRequest<R extends LoopId['request']>(request: R): R {
  const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));
  return {
    ...request,
    lengthMeters: Math.round(request.lengthMeters * 10) / 10,
    minAscentMeters: whole(request.minAscentMeters),
    maxAscentMeters: whole(request.maxAscentMeters),
  };
}

/** FNV-1a over the points of a loop in degrees × 1e7 and half metres. */
export function checksumOf(coordinates: Float64Array): number {
  let hash = 0x811c9dc5;
  const eat = (value: number): void => {
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((value >>> shift) & 0xff), 0x01000193);
  };
  for (let i = 0; i < coordinates.length; i += 3) {
    eat(Math.round(coordinates[i] * 1e7));
    eat(Math.round(coordinates[i + 1] * 1e7));
    eat(Number.isNaN(coordinates[i + 2]) ? -1e6 : Math.round(coordinates[i + 2] * 2));
  }
  return hash >>> 0;
}

class Writer {
  readonly bytes: number[] = [];

  number(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.bytes.push((rest % 0x80) | 0x80);
    this.bytes.push(rest);
  }

  optional(value: number | null): void {
    this.number(value === null ? NONE : value + 1);
  }
}

class Reader {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

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

  optional(): number | null {
    const value = this.number();
    return value === NONE ? null : value - 1;
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.#at);
  }
}

/** The exits taken, as one large number whose digits count in the number of exits at each junction. */
function packExits(exits: Loop['exits']): number[] {
  let value = 0n;
  for (let i = exits.length - 1; i >= 0; i--) value = value * BigInt(exits[i].of) + BigInt(exits[i].choice);
  const bytes: number[] = [];
  for (let hex = value.toString(16), end = hex.length; end > 0; end -= 2) {
    bytes.push(Number.parseInt(hex.slice(Math.max(0, end - 2), end), 16));
  }
  return bytes;
}

/**
 * @param request as planned (rounded by `roundRequest`)
 * @param trailhead id of the trailhead (`n123` and the like), if the loop starts at one
 * @returns URL-safe characters, about 130 for 15 km and 250 for 60 km; the same loop always has the same id
 */
export function encodeLoopId(loop: Loop, request: LoopId['request'], trailhead: string | null): string {
  const rounded = roundRequest(request);
  const writer = new Writer();
  writer.number(VERSION);
  const named = new TextEncoder().encode(trailhead ?? '');
  writer.number(named.length);
  writer.bytes.push(...named);
  writer.number(Math.round(loop.coordinates[0] * 1e7) + 1_800_000_000);
  writer.number(Math.round(loop.coordinates[1] * 1e7) + 900_000_000);
  writer.number(Math.round(rounded.lengthMeters * 10));
  writer.optional(rounded.minAscentMeters);
  writer.optional(rounded.maxAscentMeters);
  writer.optional(rounded.maxDifficulty);
  writer.number(Math.ceil(loop.lengthMeters));
  writer.number(loop.exits.length);
  writer.number(checksumOf(loop.coordinates));
  writer.bytes.push(...packExits(loop.exits));
  return Buffer.from(writer.bytes).toString('base64url');
}

/**
 * @returns what the id holds, and `exits`: asked with the number of exits at each junction in turn, it answers which of
 * them was taken
 * @throws MalformedLoopId when the text is no loop id
 */
export function decodeLoopId(id: string): LoopId & { exits: () => (of: number) => number } {
  if (id.length > MAX_CHARACTERS || !/^[\w-]+$/.test(id)) throw new MalformedLoopId('a loop id has other characters');
  const reader = new Reader(Buffer.from(id, 'base64url'));
  if (reader.number() !== VERSION) throw new MalformedLoopId('a loop id of another version');
  const named = Array.from({ length: Math.min(64, reader.number()) }, () => reader.number());
  const trailhead = named.length > 0 ? String.fromCharCode(...named) : null;
  if (trailhead !== null && !/^[a-z]\d+$/.test(trailhead)) throw new MalformedLoopId('a loop id without a trailhead');
  const startLonE7 = reader.number() - 1_800_000_000;
  const startLatE7 = reader.number() - 900_000_000;
  if (Math.abs(startLonE7) > 1_800_000_000 || Math.abs(startLatE7) > 900_000_000) {
    throw new MalformedLoopId('a loop id that starts nowhere on earth');
  }
  const request = {
    lengthMeters: reader.number() / 10,
    minAscentMeters: reader.optional(),
    maxAscentMeters: reader.optional(),
    maxDifficulty: reader.optional(),
  };
  const lengthMeters = reader.number();
  const stepCount = reader.number();
  const checksum = reader.number();
  const packed = reader.rest();
  if (stepCount > 8 * MAX_CHARACTERS || lengthMeters > 1e6 || request.lengthMeters > 1e6) {
    throw new MalformedLoopId('a loop id of a loop longer than any');
  }
  const exits = () => {
    let value = packed.length > 0 ? BigInt(`0x${Buffer.from(packed).reverse().toString('hex')}`) : 0n;
    return (of: number): number => {
      const choice = Number(value % BigInt(of));
      value /= BigInt(of);
      return choice;
    };
  };
  return { trailhead, startLonE7, startLatE7, request, lengthMeters, stepCount, checksum, exits };
}
