import { BadBlock } from './bad-extract.js';

const SHORTEST_MATCH = 4;

/**
 * Unpacks an LZ4 block, the format without a frame around it (github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md).
 * @param size of what comes out; the block has to say exactly that much
 * @throws BadBlock when it says more or less, or copies from where nothing is
 */
export function unpackLz4(packed: Uint8Array, size: number): Buffer {
  const unpacked = Buffer.allocUnsafe(size);
  let from = 0;
  let to = 0;
  const wrong = (): BadBlock => new BadBlock('its LZ4 data is damaged');
  /** A length of which the first four bits are all set goes on in the bytes that follow. */
  const lengthFrom = (bits: number): number => {
    let length = bits;
    if (bits < 15) return length;
    for (;;) {
      if (from >= packed.length) throw wrong();
      const more = packed[from++];
      length += more;
      if (more < 255) return length;
    }
  };
  while (from < packed.length) {
    const token = packed[from++];
    const literals = lengthFrom(token >> 4);
    if (literals > packed.length - from || literals > size - to) throw wrong();
    unpacked.set(packed.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence has no match.
    if (from === packed.length) break;
    if (packed.length - from < 2) throw wrong();
    const distance = packed[from] | (packed[from + 1] << 8);
    from += 2;
    const match = lengthFrom(token & 15) + SHORTEST_MATCH;
    if (distance === 0 || distance > to || match > size - to) throw wrong();
    // Byte by byte where the match runs into what it writes itself.
    if (distance >= match) unpacked.copyWithin(to, to - distance, to - distance + match);
    else for (let i = 0; i < match; i++) unpacked[to + i] = unpacked[to + i - distance];
    to += match;
  }
  if (to !== size) throw wrong();
  return unpacked;
}
