import { ExitReader, FNV_START, fnv, MalformedLoopId, packExits, Reader, Writer } from './id/bytes.js';
import { type Course, courseOf, pointsOfCourse } from './id/course.js';
import { LONGEST_METERS, type Loop, type LoopRequest } from './loop-request.js';
import { LENGTH_MISSED } from './weights.js';

export { MalformedLoopId } from './id/bytes.js';

/** All that an id holds: with the network around its start, it is the loop. */
export interface LoopId {
  /** Id of the trailhead it was planned from, null when it starts at a junction of its own choice. */
  trailhead: string | null;
  /** The junction where the walk begins and ends, degrees × 1e7. */
  startLonE7: number;
  startLatE7: number;
  /** Decimetres from that junction along the first way to where the walk really begins: 0, the junction itself. */
  beginDecimeters: number;
  /** What was asked; direction, count and seed are not kept, since the loop does not depend on them. */
  request: Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters' | 'maxDifficulty'>;
  /** Of the finished loop, rounded up, to know which tiles it can touch. */
  lengthMeters: number;
  /** Of the loop's geometry and elevations: another walk, or the same one on changed data, has another. */
  checksum: number;
  /** Where it goes, whatever junctions there are; null in ids of the first form. */
  course: Course | null;
  stepCount: number;
  /** The exits taken, packed by `packExits`. */
  packedExits: Uint8Array;
}

const FIRST = 1;
/** The last form: what is found again by it, and how, may change; what it holds and how it is written does not. */
const VERSION = 2;

/** A loop of the greatest length there is takes about a thousand. */
const MAX_CHARACTERS = 2_000;
const MAX_STEPS = 16_000;
const MAX_ASCENT_METERS = 20_000;
const HARDEST = 6;
const CHECK_BYTES = 4;

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
  let hash = FNV_START;
  const eat = (value: number): void => {
    for (let shift = 0; shift < 32; shift += 8) hash = fnv(hash, (value >>> shift) & 0xff);
  };
  for (let i = 0; i < coordinates.length; i += 3) {
    eat(Math.round(coordinates[i] * 1e7));
    eat(Math.round(coordinates[i + 1] * 1e7));
    eat(Number.isNaN(coordinates[i + 2]) ? -1e6 : Math.round(coordinates[i + 2] * 2));
  }
  return hash >>> 0;
}

/**
 * @param request as planned (rounded by `roundRequest`)
 * @param trailhead id of the trailhead (`n123` and the like), if the loop starts at one
 * @returns URL-safe characters, about 250 for 15 km and 400 for 60 km; the same loop always has the same id
 */
export function encodeLoopId(loop: Loop, request: LoopId['request'], trailhead: string | null): string {
  const lengthMeters = Math.ceil(loop.lengthMeters);
  return write({
    trailhead,
    startLonE7: Math.round(loop.coordinates[0] * 1e7),
    startLatE7: Math.round(loop.coordinates[1] * 1e7),
    beginDecimeters: 0,
    request: roundRequest(request),
    lengthMeters,
    checksum: checksumOf(loop.coordinates),
    course: courseOf(loop.coordinates, lengthMeters),
    stepCount: loop.exits.length,
    packedExits: packExits(loop.exits),
  });
}

function write(id: LoopId): string {
  const { request, course } = id;
  const writer = new Writer();
  writer.number(course ? VERSION : FIRST);
  const named = new TextEncoder().encode(id.trailhead ?? '');
  writer.number(named.length);
  writer.bytes.push(...named);
  writer.number(id.startLonE7 + 1_800_000_000);
  writer.number(id.startLatE7 + 900_000_000);
  if (course) writer.number(id.beginDecimeters);
  writer.number(Math.round(request.lengthMeters * 10));
  writer.optional(request.minAscentMeters);
  writer.optional(request.maxAscentMeters);
  writer.optional(request.maxDifficulty);
  writer.number(id.lengthMeters);
  if (!course) writer.number(id.stepCount);
  writer.number(id.checksum);
  if (course) {
    for (const { east, north } of course) {
      writer.signed(east);
      writer.signed(north);
    }
    writer.number(id.stepCount);
  }
  writer.bytes.push(...id.packedExits);
  if (course) writer.bytes.push(...checkOf(writer.bytes));
  return Buffer.from(writer.bytes).toString('base64url');
}

/** So that hardly any text that was not made here is taken for an id. */
function checkOf(bytes: ArrayLike<number>): number[] {
  let hash = FNV_START;
  for (let i = 0; i < bytes.length; i++) hash = fnv(hash, bytes[i]);
  return [0, 8, 16, 24].map((shift) => (hash >>> shift) & 0xff);
}

/**
 * @returns what the id holds, within what a question may ask: a loop has one id, and text that says the same in other
 * words is none. Ids of the first form are read too.
 * @throws MalformedLoopId when the text is no loop id
 */
export function decodeLoopId(id: string): LoopId {
  if (id.length > MAX_CHARACTERS || !/^[\w-]+$/.test(id)) throw new MalformedLoopId('a loop id has other characters');
  const decoded = read(new Reader(Buffer.from(id, 'base64url')));
  mustBePossible(decoded);
  if (write(decoded) !== id) throw new MalformedLoopId('a loop id in other words than its own');
  return decoded;
}

function read(reader: Reader): LoopId {
  const version = reader.number();
  if (version !== FIRST && version !== VERSION) throw new MalformedLoopId('a loop id of another version');
  const named = Array.from({ length: Math.min(64, reader.number()) }, () => reader.number());
  const trailhead = named.length > 0 ? String.fromCharCode(...named) : null;
  const startLonE7 = reader.number() - 1_800_000_000;
  const startLatE7 = reader.number() - 900_000_000;
  const beginDecimeters = version === FIRST ? 0 : reader.number();
  const request = {
    lengthMeters: reader.number() / 10,
    minAscentMeters: reader.optional(),
    maxAscentMeters: reader.optional(),
    maxDifficulty: reader.optional(),
  };
  const lengthMeters = reader.number();
  const about = { trailhead, startLonE7, startLatE7, beginDecimeters, request, lengthMeters };
  if (version === FIRST) {
    const [stepCount, checksum] = [reader.number(), reader.number()];
    return { ...about, stepCount, checksum, course: null, packedExits: reader.rest() };
  }
  const checksum = reader.number();
  const course = Array.from({ length: pointsOfCourse(lengthMeters) }, () => ({
    east: reader.signed(),
    north: reader.signed(),
  }));
  const stepCount = reader.number();
  const rest = reader.rest();
  if (rest.length <= CHECK_BYTES) throw new MalformedLoopId('a loop id ends too early');
  return { ...about, checksum, course, stepCount, packedExits: rest.subarray(0, rest.length - CHECK_BYTES) };
}

/** @throws MalformedLoopId when no question can have been answered with this loop */
function mustBePossible(id: LoopId): void {
  const { trailhead, startLonE7, startLatE7, request, lengthMeters, stepCount, packedExits } = id;
  const { lengthMeters: asked, minAscentMeters, maxAscentMeters, maxDifficulty } = request;
  const within = (value: number | null, least: number, most: number) =>
    value === null || (value >= least && value <= most);
  if (trailhead !== null && !/^[a-z]\d{1,20}$/.test(trailhead)) {
    throw new MalformedLoopId('a loop id without a trailhead');
  }
  if (Math.abs(startLonE7) > 1_800_000_000 || Math.abs(startLatE7) > 900_000_000) {
    throw new MalformedLoopId('a loop id that starts nowhere on earth');
  }
  const isAsked =
    within(asked, 0.1, LONGEST_METERS) &&
    within(minAscentMeters, 0, MAX_ASCENT_METERS) &&
    within(maxAscentMeters, 0, MAX_ASCENT_METERS) &&
    within(maxDifficulty, 1, HARDEST);
  if (!isAsked) throw new MalformedLoopId('a loop id of what nobody can ask for');
  const isFound = within(lengthMeters, (1 - LENGTH_MISSED) * asked - 1, (1 + LENGTH_MISSED) * asked + 1);
  if (!isFound || !within(stepCount, 1, MAX_STEPS) || !within(id.beginDecimeters, 0, 10 * lengthMeters)) {
    throw new MalformedLoopId('a loop id of a loop longer or shorter than any that was asked for');
  }
  // A number has one form: no zeros before its highest byte, which here stands last.
  if (packedExits.length === 0 || (packedExits.length > 1 && packedExits[packedExits.length - 1] === 0)) {
    throw new MalformedLoopId('a loop id with exits left over');
  }
}

/** Takes the exits of an id one after the other. */
export const exitsOf = ({ packedExits }: LoopId): ExitReader => new ExitReader(packedExits);
