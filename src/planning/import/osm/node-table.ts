import { NOWHERE } from '../pbf/block.js';

/** Where some nodes lie, by OSM id; made for millions, so without an object for each. */
export class NodeTable {
  readonly #ids: Float64Array;
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
  #last = -1;

  /** @param ids of the nodes that will be asked for, in any order and with repetitions */
  constructor(ids: number[]) {
    const sorted = Float64Array.from(ids).sort();
    let unique = 0;
    for (const id of sorted) if (unique === 0 || sorted[unique - 1] !== id) sorted[unique++] = id;
    this.#ids = sorted.slice(0, unique);
    this.lonE7 = new Int32Array(unique);
    this.latE7 = new Int32Array(unique).fill(NOWHERE);
  }

  /** The node's index in the table; -1 when nobody asked for it. */
  indexOf(id: number): number {
    const ids = this.#ids;
    // Files hold nodes in ascending order: the next one asked for is most often the next one met.
    const next = this.#last + 1;
    if (ids[next] === id) {
      this.#last = next;
      return next;
    }
    let low = 0;
    let high = ids.length - 1;
    if (next < ids.length && ids[next] < id) low = next;
    else if (next > 0 && ids[next - 1] < id) return -1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (ids[middle] < id) low = middle + 1;
      else if (ids[middle] > id) high = middle - 1;
      else {
        this.#last = middle;
        return middle;
      }
    }
    return -1;
  }

  /** A node that nobody asked for is passed over. */
  place(id: number, lonE7: number, latE7: number): void {
    const index = this.indexOf(id);
    if (index < 0) return;
    this.lonE7[index] = lonE7;
    this.latE7[index] = latE7;
  }

  /** Forgets where a node lies. @returns whether that was known */
  remove(id: number): boolean {
    const index = this.indexOf(id);
    const wasPlaced = this.isPlaced(index);
    if (wasPlaced) this.latE7[index] = NOWHERE;
    return wasPlaced;
  }

  /** Whether the file held the node: an extract cuts the ways at its border. */
  isPlaced(index: number): boolean {
    return index >= 0 && this.latE7[index] !== NOWHERE;
  }
}
