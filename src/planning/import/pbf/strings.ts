import { BadBlock } from './bad-extract.js';
import { Cursor, type Span } from './cursor.js';

/** The format has no limit of its own; writers put 8 000 elements into a block. */
const MOST_STRINGS = 2 ** 20;

/** OpenStreetMap keeps at most so many characters of a key, a value or a role. */
export const MOST_CHARACTERS = 255;

/** Control characters that are a sort of space, and those that terminals and databases take for commands or for an end. */
const SPACES = /[\t\n\v\f\r\u0085]+/g;
const CONTROLS = /\p{Cc}/gu;

/** How many names were not as OpenStreetMap keeps them. */
export interface Mended {
  controls: number;
  tooLong: number;
}

/** The strings of a block, read only when somebody wants them. */
export class Strings {
  readonly #bytes: Buffer;
  /** Where string i begins and ends: at 2 i and 2 i + 1. */
  readonly #places: Uint32Array;
  readonly #read: (string | undefined)[] = [];
  readonly #mended: Mended;
  readonly #hadControls = new Set<number>();
  readonly #wasTooLong = new Set<number>();

  /**
   * @param table the message StringTable
   * @param mended where `tell` counts
   * @throws BadBlock when it is damaged or longer than any block needs
   */
  constructor(bytes: Buffer, table: Span, mended: Mended) {
    this.#bytes = bytes;
    this.#mended = mended;
    const counter = new Cursor(bytes, table);
    let count = 0;
    for (; counter.next(); counter.skip()) if (counter.field === 1) count++;
    if (count > MOST_STRINGS) throw new BadBlock(`${count} strings are more than a block may hold`);
    this.#places = new Uint32Array(2 * count);
    const cursor = new Cursor(bytes, table);
    for (let i = 0; cursor.next(); ) {
      if (cursor.field !== 1) {
        cursor.skip();
        continue;
      }
      const { start, end } = cursor.span();
      this.#places[i++] = start;
      this.#places[i++] = end;
    }
  }

  get count(): number {
    return this.#places.length / 2;
  }

  /** String i without control characters, and no longer than OpenStreetMap keeps any. */
  at(i: number): string {
    let text = this.#read[i];
    if (text === undefined) {
      text = this.#mend(i, this.#bytes.toString('utf8', this.#places[2 * i], this.#places[2 * i + 1]));
      this.#read[i] = text;
    }
    return text;
  }

  /** Counts a string that somebody takes for a name, if it had to be mended. */
  tell(i: number): void {
    if (this.#hadControls.has(i)) this.#mended.controls++;
    if (this.#wasTooLong.has(i)) this.#mended.tooLong++;
  }

  /** Whether any string that was read had to be mended. */
  get someMended(): boolean {
    return this.#hadControls.size + this.#wasTooLong.size > 0;
  }

  #mend(i: number, text: string): string {
    let mended = text;
    if (text.length > MOST_CHARACTERS) {
      // A long one is cut before anything else looks at it: it may have millions.
      const characters = Array.from(text.slice(0, 2 * MOST_CHARACTERS));
      mended = characters.slice(0, MOST_CHARACTERS).join('');
      if (mended.length < text.length) this.#wasTooLong.add(i);
    }
    const clean = mended.replace(SPACES, ' ').replace(CONTROLS, '');
    if (clean !== mended) this.#hadControls.add(i);
    return clean;
  }
}
