import { BadExtract } from '../pbf/bad-extract.js';

const MIB = 2 ** 20;

/**
 * Real extracts unpack to two or three times their size, those of drawn grids to twenty. What goes beyond this says one
 * thing over and over, to fill a memory with it.
 */
const MOST_UNPACKED = { base: 64 * MIB, perByte: 64 };

/** What is kept of real extracts takes two to fifteen bytes for each one of the file. */
const MOST_KEPT = { base: 8 * MIB, perByte: 64 };

/** Ways of real extracts run one to seven metres for each byte of the file; in a desert it may be twenty. */
const MOST_METERS = { base: 1_000_000, perByte: 50 };

/**
 * Keeps the memory and the time that a file takes in some relation to its size. A few kilobytes may unpack to gigabytes,
 * and every limit that is of one block is met by a file of many.
 */
export class Allowance {
  readonly #size: number;
  #unpacked = 0;
  #kept = 0;
  #meters = 0;

  /** @param size of the file, bytes */
  constructor(size: number) {
    this.#size = size;
  }

  /** @throws BadExtract when the blocks are together longer than those of an honest file */
  unpack(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > MOST_UNPACKED.base + MOST_UNPACKED.perByte * this.#size) this.#tooMuch('unpacks to');
  }

  /**
   * @param bytes about what an element takes that is kept
   * @throws BadExtract when all of them take more than those of an honest file
   */
  keep(bytes: number): void {
    this.#kept += bytes;
    if (this.#kept > MOST_KEPT.base + MOST_KEPT.perByte * this.#size) this.#tooMuch('has elements for');
  }

  /** @throws BadExtract when the ways are together longer than those of an honest file */
  run(meters: number): void {
    this.#meters += meters;
    if (this.#meters > MOST_METERS.base + MOST_METERS.perByte * this.#size)
      this.#tooMuch('has ways of lengths that are');
  }

  #tooMuch(does: string): never {
    throw new BadExtract(`the file ${does} far more than ${this.#size} bytes can honestly say`);
  }
}
