import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { BadBlock } from './bad-extract.js';
import { BYTES, Cursor } from './cursor.js';
import { unpackLz4 } from './lz4.js';

/** Limits of the format (wiki.openstreetmap.org/wiki/PBF_Format). */
export const MOST_HEADER_BYTES = 64 * 2 ** 10;
export const MOST_BLOB_BYTES = 32 * 2 ** 20;

const RAW = 1;
const RAW_SIZE = 2;
const ZLIB = 3;
const LZ4 = 6;
const ZSTD = 7;
const UNREAD: Record<number, string> = { 4: 'LZMA', 5: 'bzip2' };

/**
 * What a blob's header says of it (BlobHeader).
 * @throws BadBlock when it is none
 */
export function readBlobHeader(bytes: Uint8Array): { type: string; length: number } {
  const cursor = new Cursor(bytes);
  let type = '';
  let length = Number.NaN;
  while (cursor.next()) {
    if (cursor.field === 1) {
      const { start, end } = cursor.span();
      type = Buffer.from(bytes.subarray(start, end)).toString('latin1');
    } else if (cursor.field === 3) length = cursor.number();
    else cursor.skip();
  }
  if (!(length >= 0 && length <= MOST_BLOB_BYTES)) throw new BadBlock('its length is out of range');
  return { type, length };
}

/**
 * The content of a blob, unpacked (Blob). Nothing is unpacked that is longer than it says, or than the format allows.
 * @throws BadBlock when it is damaged, or packed in a way that is not read here
 */
export function unpackBlob(blob: Uint8Array): Buffer {
  const cursor = new Cursor(blob);
  let rawSize = -1;
  let packedAs = 0;
  let packed: Uint8Array = blob;
  while (cursor.next()) {
    const { field } = cursor;
    if (field === RAW_SIZE) rawSize = cursor.number();
    else if (cursor.wire === BYTES && field <= ZSTD) {
      if (packedAs > 0) throw new BadBlock('it is packed twice');
      const { start, end } = cursor.span();
      packed = blob.subarray(start, end);
      packedAs = field;
    } else cursor.skip();
  }
  if (packedAs === 0) throw new BadBlock('it is empty');
  if (rawSize > MOST_BLOB_BYTES || rawSize < -1) throw new BadBlock(`${rawSize} bytes are more than a block may hold`);
  const unpacked = unpack(packedAs, packed, rawSize);
  if (rawSize >= 0 && unpacked.length !== rawSize) {
    throw new BadBlock(`it says ${rawSize} bytes and has ${unpacked.length}`);
  }
  return unpacked;
}

function unpack(packedAs: number, packed: Uint8Array, rawSize: number): Buffer {
  if (packedAs === RAW) return Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (packedAs in UNREAD) {
    throw new BadBlock(`it is packed with ${UNREAD[packedAs]}, which is not read here, only zlib, zstd and LZ4`);
  }
  if (rawSize < 0 && packedAs !== ZLIB) throw new BadBlock('it does not say how long it is');
  if (packedAs === LZ4) return unpackLz4(packed, rawSize);
  // One byte more than is said, so that what is too long is seen and not cut.
  const maxOutputLength = rawSize < 0 ? MOST_BLOB_BYTES : rawSize + 1;
  const options = { maxOutputLength, chunkSize: Math.max(64, rawSize + 1) };
  try {
    return packedAs === ZLIB ? inflateSync(packed, options) : zstdDecompressSync(packed, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new BadBlock('it is longer than it says');
    throw new BadBlock(`its ${packedAs === ZLIB ? 'zlib' : 'zstd'} data is damaged`);
  }
}
