import { fstatSync, readSync } from 'node:fs';
import { BadBlock, BadExtract } from './bad-extract.js';
import { MOST_HEADER_BYTES, readBlobHeader, unpackBlob } from './blob.js';

/** Where the content of a blob lies in a file. */
export interface BlobPlace {
  type: string;
  start: number;
  length: number;
}

/** Reads that lie close together cost one call: a hostile file has a header every few bytes. */
const WINDOW_BYTES = 256 * 2 ** 10;

/**
 * An open extract. It is read from where one wants, so that the file's position does not matter, and in one go, so that
 * it belongs into a thread of its own.
 */
export class ExtractFile {
  readonly size: number;
  readonly #fd: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  /** @throws BadExtract when it has no end that is known, as a pipe */
  constructor(fd: number) {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) throw new BadExtract('this is a folder, no file');
    if (!stat.isFile()) throw new BadExtract('this is no file whose size is known');
    this.#fd = fd;
    this.size = stat.size;
  }

  #read(start: number, length: number): Buffer {
    const from = start - this.#windowStart;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    if (start + length > this.size) this.#endsEarly();
    const wanted = Math.min(Math.max(length, length > WINDOW_BYTES ? 0 : WINDOW_BYTES), this.size - start);
    const bytes = Buffer.allocUnsafe(wanted);
    for (let done = 0; done < wanted; ) {
      const read = readSync(this.#fd, bytes, done, wanted - done, start + done);
      if (read === 0) this.#endsEarly();
      done += read;
    }
    if (length <= WINDOW_BYTES) {
      this.#window = bytes;
      this.#windowStart = start;
    }
    return bytes.subarray(0, length);
  }

  #endsEarly(): never {
    throw new BadExtract(`the file ends in the middle of a block, at byte ${this.size}`);
  }

  /**
   * Every blob, without its content.
   * @throws BadExtract when the file is no extract or ends inside a blob
   */
  *blobs(): Generator<BlobPlace> {
    if (this.size === 0) throw new BadExtract('the file is empty');
    for (let at = 0; at < this.size; ) {
      const damaged =
        at === 0 ? 'the file is not an OpenStreetMap extract in PBF' : `the file is damaged at byte ${at}`;
      if (at + 4 > this.size) this.#endsEarly();
      const headerLength = this.#read(at, 4).readUInt32BE();
      if (headerLength === 0 || headerLength >= MOST_HEADER_BYTES) throw new BadExtract(damaged);
      const header = this.#header(at + 4, headerLength, damaged);
      if (at === 0 && header.type !== 'OSMHeader') throw new BadExtract(damaged);
      const start = at + 4 + headerLength;
      if (start + header.length > this.size) this.#endsEarly();
      yield { ...header, start };
      at = start + header.length;
    }
  }

  #header(start: number, length: number, damaged: string): { type: string; length: number } {
    const bytes = this.#read(start, length);
    try {
      return readBlobHeader(bytes);
    } catch (error) {
      throw error instanceof BadBlock ? new BadExtract(`${damaged}: ${error.message}`) : error;
    }
  }

  /**
   * The content of a blob, unpacked.
   * @throws BadExtract when it cannot be unpacked
   */
  contentOf({ start, length }: BlobPlace): Buffer {
    return this.at(start, () => unpackBlob(this.#read(start, length)));
  }

  /** Runs work on a blob, and says where that lies when it is damaged. @throws BadExtract in place of a BadBlock */
  at<T>(start: number, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw error instanceof BadBlock
        ? new BadExtract(`the block at byte ${start} is damaged: ${error.message}`)
        : error;
    }
  }
}
