/**
 * Columns of numbers in one piece of memory, so that a tile goes from the database to a planner thread without being
 * decoded: the views of `decodeColumns` lie directly over the bytes it was given.
 *
 * Layout, little endian: "LWC1", length of the header in bytes, header (JSON: `{columns: [[name, type, length]], meta}`),
 * then each column padded to a multiple of 8 bytes.
 */
const TYPES = {
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

/** Over memory of any kind: its own, a window into another's, or shared between threads. */
export type Column = Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const MAGIC = 0x3143574c;

const typeName = (column: Column): string => {
  const found = Object.entries(TYPES).find(([, type]) => column instanceof type);
  if (!found) throw new TypeError('no column type for that array');
  return found[0];
};

const padded = (bytes: number): number => (bytes + 7) & ~7;

/**
 * @param columns named arrays, each of any length
 * @param meta whatever JSON can carry
 * @returns the bytes to store
 */
export function encodeColumns(columns: Record<string, Column>, meta: unknown): Uint8Array<ArrayBuffer> {
  const list = Object.entries(columns);
  const header = new TextEncoder().encode(
    JSON.stringify({ columns: list.map(([name, column]) => [name, typeName(column), column.length]), meta }),
  );
  const start = padded(8 + header.length);
  const bytes = new Uint8Array(list.reduce((sum, [, column]) => sum + padded(column.byteLength), start));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = start;
  for (const [, column] of list) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += padded(column.byteLength);
  }
  return bytes;
}

/**
 * @param buffer the bytes of `encodeColumns`, starting at offset 0 (shared memory is fine)
 * @returns views over the buffer, by name, and the meta
 * @throws RangeError when the bytes are not columns
 */
export function decodeColumns<C extends Record<keyof C, Column>, M>(buffer: ArrayBufferLike): { columns: C; meta: M } {
  const view = new DataView(buffer);
  if (view.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new RangeError('not a block of columns');
  const headerLength = view.getUint32(4, true);
  // TextDecoder refuses shared memory, hence the copy of the header.
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerLength).slice())) as {
    columns: [string, keyof typeof TYPES, number][];
    meta: M;
  };
  const columns: Record<string, Column> = {};
  let at = padded(8 + headerLength);
  for (const [name, type, length] of header.columns) {
    const array = new TYPES[type](buffer as ArrayBuffer, at, length);
    columns[name] = array;
    at += padded(array.byteLength);
  }
  return { columns: columns as C, meta: header.meta };
}

/** Bytes from a database driver (which may be a window into a pool) as shared memory of their own, aligned at 0. */
export function toShared(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}
