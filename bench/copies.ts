import { readdirSync, symlinkSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { ExtractFile } from '../src/planning/import/pbf/blobs-in-file.js';

/** Far above the numbers that OpenStreetMap has reached, and a hundred times it is still a whole number. */
const IDS_APART = 20_000_000_000;

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
};

function readVarint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let scale = 1, end = at; ; scale *= 128) {
    const byte = bytes[end++];
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end };
  }
}

type Rewrite = (content: Buffer) => Buffer;
type Renumber = (value: number) => number;

/** A message with some of its fields rewritten: those with content by `contents`, plain numbers by `numbers`. */
function rewritten(message: Buffer, contents: Record<number, Rewrite>, numbers: Record<number, Renumber> = {}): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < message.length; ) {
    const key = readVarint(message, at);
    const field = key.value >> 3;
    const first = readVarint(message, key.end);
    if (key.value % 8 === 2) {
      const content = message.subarray(first.end, first.end + first.value);
      const next = contents[field]?.(content) ?? content;
      parts.push(message.subarray(at, key.end), varint(next.length), next);
      at = first.end + first.value;
    } else {
      parts.push(message.subarray(at, key.end), varint(numbers[field]?.(first.value) ?? first.value));
      at = first.end;
    }
  }
  return Buffer.concat(parts);
}

/** Of numbers that are differences only the first one moves. */
const firstMoved =
  (by: number): Rewrite =>
  (packed) => {
    if (packed.length === 0) return packed;
    const { value, end } = readVarint(packed, 0);
    const signed = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    const moved = signed + by;
    return Buffer.concat([varint(moved >= 0 ? 2 * moved : -2 * moved - 1), packed.subarray(end)]);
  };

/** A block of elements moved east by whole degrees, with numbers of their own (wiki.openstreetmap.org/wiki/PBF_Format). */
function moved(block: Buffer, copy: number): Buffer {
  const by = copy * IDS_APART;
  const plus: Renumber = (id) => id + by;
  const group: Rewrite = (content) =>
    rewritten(content, {
      2: (dense) => rewritten(dense, { 1: firstMoved(by) }),
      3: (way) => rewritten(way, { 8: firstMoved(by) }, { 1: plus }),
      4: (relation) => rewritten(relation, { 9: firstMoved(by) }, { 1: plus }),
    });
  // Field 20 is the longitude, in billionths of a degree, that every place of the block is to be moved by.
  return Buffer.concat([rewritten(block, { 2: group }), varint(20 * 8), varint(copy * 1e9)]);
}

function framed(type: string, content: Buffer): Buffer {
  const packed = deflateSync(content, { level: 1 });
  const blob = Buffer.concat([
    Buffer.from([16]),
    varint(content.length),
    Buffer.from([26]),
    varint(packed.length),
    packed,
  ]);
  const header = Buffer.concat([
    Buffer.from([10, type.length]),
    Buffer.from(type),
    Buffer.from([24]),
    varint(blob.length),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

/**
 * Writes an extract that holds another one several times, each copy one degree east of the one before, and the elevation
 * tile of each. Only extracts with dense nodes and away from the antimeridian can be copied.
 * @param folder with the extract and the tiles it needs, all of them of one degree of longitude
 * @returns the path of the extract; its tiles lie beside it
 */
export async function copiesOf(folder: string, name: string, copies: number, into: string): Promise<string> {
  const path = join(into, `copies-of-${copies}.osm.pbf`);
  await writeFile(path, '');
  const output = await open(path, 'a');
  const input = await open(join(folder, name));
  const extract = new ExtractFile(input.fd);
  try {
    for (let copy = 0; copy < copies; copy++) {
      for (const place of extract.blobs()) {
        const block = extract.contentOf(place);
        if (place.type === 'OSMData') await output.write(framed(place.type, moved(block, copy)));
        else if (copy === 0) await output.write(framed(place.type, block));
      }
    }
  } finally {
    await Promise.all([input.close(), output.close()]);
  }
  for (const tile of readdirSync(folder)) {
    const found = /^([NS]\d{2})E(\d{3})\.hgt$/.exec(tile);
    if (!found) continue;
    for (let copy = 0; copy < copies; copy++) {
      const east = String(Number(found[2]) + copy).padStart(3, '0');
      symlinkSync(resolve(folder, tile), join(into, `${found[1]}E${east}.hgt`));
    }
  }
  return path;
}
