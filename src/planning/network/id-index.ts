/**
 * Numbers to indexes by open addressing: a Map of a few thousand entries costs ten times as much to fill, and the
 * network around a start is put together for every new place.
 */
export class IdIndex {
  readonly #mask: number;
  readonly #keys: Uint32Array;
  /** Index + 1, so that 0 is an empty slot. */
  readonly #values: Int32Array;

  /** @param capacity the most ids that will be put in */
  constructor(capacity: number) {
    const size = 1 << Math.max(4, 33 - Math.clz32(Math.max(1, capacity)));
    this.#mask = size - 1;
    this.#keys = new Uint32Array(size);
    this.#values = new Int32Array(size);
  }

  #slot(id: number): number {
    let slot = (Math.imul(id, 0x9e3779b1) >>> 7) & this.#mask;
    while (this.#values[slot] !== 0 && this.#keys[slot] !== id) slot = (slot + 1) & this.#mask;
    return slot;
  }

  /** The index of an id, or -1. */
  get(id: number): number {
    return this.#values[this.#slot(id)] - 1;
  }

  /** Keeps the first index given for an id; says whether this was the first. */
  add(id: number, index: number): boolean {
    const slot = this.#slot(id);
    if (this.#values[slot] !== 0) return false;
    this.#keys[slot] = id;
    this.#values[slot] = index + 1;
    return true;
  }
}
