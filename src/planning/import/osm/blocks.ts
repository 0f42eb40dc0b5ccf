import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { fieldsOf, textOf } from './protobuf.js';

const inflated = promisify(inflate);

/** Limits of the format (wiki.openstreetmap.org/wiki/PBF_Format). */
const MOST_HEADER_BYTES = 64 * 1024;
const MOST_BLOCK_BYTES = 32 * 2 ** 20;

const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes']);

/** A file that is no extract, or not a whole one. */
export class BadExtract extends Error {
  override name = 'BadExtract';
}

/** Where a block of data lies in the file and what sorts of element are in it. */
export interface BlockPlace {
  start: number;
  length: number;
}

export interface ExtractHeader {
  /** When the data was true, milliseconds since 1970; null when the file does not say. */
  replicatedAtMs: number | null;
}

const asNumber = (value: number | Uint8Array): number => (typeof value === 'number' ? value : Number.NaN);

async function read(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) throw new BadExtract(`the file ends in the middle of a block, at byte ${start + done}`);
    done += bytesRead;
  }
  return bytes;
}

/**
 * Every block of a file, without its contents.
 * @throws BadExtract when the file is no extract or ends inside a block
 */
export async function* blockPlaces(file: FileHandle): AsyncGenerator<BlockPlace & { type: string }> {
  const { size } = await file.stat();
  if (size === 0) throw new BadExtract('the file is empty');
  for (let at = 0; at < size; ) {
    const damaged = at === 0 ? 'the file is not an OpenStreetMap extract in PBF' : `the file is damaged at byte ${at}`;
    const headerLength = (await read(file, at, 4)).readUInt32BE();
    if (headerLength === 0 || headerLength > MOST_HEADER_BYTES) throw new BadExtract(damaged);
    let type = '';
    let length = Number.NaN;
    try {
      for (const { number, value } of fieldsOf(await read(file, at + 4, headerLength))) {
        if (number === 1) type = textOf(value);
        else if (number === 3) length = asNumber(value);
      }
    } catch (error) {
      throw error instanceof RangeError ? new BadExtract(damaged) : error;
    }
    if (!(length >= 0 && length <= MOST_BLOCK_BYTES) || (at === 0 && type !== 'OSMHeader'))
      throw new BadExtract(damaged);
    const start = at + 4 + headerLength;
    if (start + length > size) throw new BadExtract(`the file ends in the middle of a block, at byte ${size}`);
    yield { type, start, length };
    at = start + length;
  }
}

/**
 * The contents of a block.
 * @throws BadExtract when it cannot be unpacked
 */
export async function blockAt(file: FileHandle, { start, length }: BlockPlace): Promise<Buffer> {
  const damaged = (why: string): BadExtract => new BadExtract(`the block at byte ${start} cannot be read: ${why}`);
  let raw: Uint8Array | null = null;
  let packed: Uint8Array | null = null;
  let other = 0;
  try {
    for (const { number, value } of fieldsOf(await read(file, start, length))) {
      if (typeof value === 'number') continue;
      if (number === 1) raw = value;
      else if (number === 3) packed = value;
      else other = number;
    }
    if (raw) return Buffer.from(raw);
    if (packed) return await inflated(packed, { maxOutputLength: MOST_BLOCK_BYTES });
  } catch (error) {
    if (error instanceof BadExtract) throw error;
    throw damaged((error as Error).message);
  }
  throw damaged(other > 0 ? 'it is packed in another way than zlib' : 'it is empty');
}

/** @throws BadExtract when reading the file rightly needs something that this program does not know */
export function headerOf(block: Uint8Array): ExtractHeader {
  let replicatedAtMs: number | null = null;
  for (const { number, value } of fieldsOf(block)) {
    if (number === 4 && !KNOWN_FEATURES.has(textOf(value))) {
      throw new BadExtract(`the file needs a reader for ${textOf(value)}`);
    }
    if (number === 32) replicatedAtMs = asNumber(value) * 1000;
  }
  return { replicatedAtMs };
}

const GROUP = 2;

/** What sorts of element a block of data holds, seen without reading them. */
export function sortsIn(block: Uint8Array): { nodes: boolean; ways: boolean; relations: boolean } {
  const sorts = { nodes: false, ways: false, relations: false };
  for (const { number, value } of fieldsOf(block)) {
    if (number !== GROUP || typeof value === 'number' || value.length === 0) continue;
    // The format allows one sort a group, so that the first field tells.
    const first = value[0] >> 3;
    if (first === 1 || first === 2) sorts.nodes = true;
    else if (first === 3) sorts.ways = true;
    else if (first === 4) sorts.relations = true;
  }
  return sorts;
}
