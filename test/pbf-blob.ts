import { deflateSync, zstdCompressSync } from 'node:zlib';
import { type Message, write } from './pbf-message.js';

export type Packing = 'raw' | 'zlib' | 'zstd' | 'lz4';

/** An LZ4 block that says everything as it is, without a match. */
function lz4(bytes: Uint8Array): Buffer {
  const more = bytes.length < 15 ? [] : lengths(bytes.length - 15);
  return Buffer.concat([Uint8Array.from([Math.min(bytes.length, 15) << 4, ...more]), bytes]);
}

function lengths(length: number): number[] {
  const whole: number[] = new Array(Math.floor(length / 255)).fill(255);
  return [...whole, length % 255];
}

const PACKERS: Record<Packing, { field: number; pack: (bytes: Uint8Array) => Uint8Array }> = {
  raw: { field: 1, pack: (bytes) => bytes },
  zlib: { field: 3, pack: (bytes) => deflateSync(bytes) },
  lz4: { field: 6, pack: lz4 },
  zstd: { field: 7, pack: (bytes) => zstdCompressSync(bytes) },
};

/** Some bytes as the message Blob. */
export function blob(bytes: Uint8Array, packing: Packing = 'zlib'): Message {
  const { field, pack } = PACKERS[packing];
  return [
    { number: 2, value: BigInt(bytes.length) },
    { number: field, value: pack(bytes) },
  ];
}

/** A blob with its header, as it stands in a file. */
export function framed(type: string, content: Message): Buffer {
  const body = write(content);
  const header = write([
    { number: 1, value: Buffer.from(type) },
    { number: 3, value: BigInt(body.length) },
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, body]);
}
