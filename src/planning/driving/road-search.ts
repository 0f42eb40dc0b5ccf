import FlatQueue from 'flatqueue';
import type { RoadTile } from '../network/road-tiles.js';
import type { TileKey } from '../network/tile-grid.js';
import type { Snap } from './snap.js';

/** What a drive costs; `measure` of the search says which of the two is kept small and bounded. */
export interface DriveCost {
  meters: number;
  seconds: number;
}

interface Slot {
  key: TileKey;
  tile: RoadTile | null;
  meters: Float64Array;
  seconds: Float64Array;
  /** Nodes reached before their tile was here. */
  waiting: Map<number, DriveCost>;
}

/** Numbers of nodes in the queue: slot × this + node. A tile of 28 km holds far fewer nodes. */
const NODES_PER_SLOT = 2 ** 24;

const NOWHERE: DriveCost = { meters: Infinity, seconds: Infinity };

/**
 * Dijkstra's algorithm outwards from one point of the road network, up to a limit, over tiles that are given when the
 * search gets to them: it holds and reads what it reaches, however large the road network is.
 *
 * Use: `supply` the tiles around the start, `startAt`, then call `advance` and supply what it asks for until it asks for
 * nothing.
 */
export class RoadSearch {
  readonly #slots: Slot[] = [];
  readonly #slotByKey = new Map<string, number>();
  readonly #queue = new FlatQueue<number>();

  /** @param limit metres or seconds, as `measure` says */
  constructor(
    readonly measure: 'meters' | 'seconds',
    readonly limit: number,
  ) {}

  #slotOf(key: TileKey): number {
    const name = `${key.x},${key.y}`;
    const known = this.#slotByKey.get(name);
    if (known !== undefined) return known;
    const none = new Float64Array();
    this.#slots.push({ key, tile: null, meters: none, seconds: none, waiting: new Map() });
    this.#slotByKey.set(name, this.#slots.length - 1);
    return this.#slots.length - 1;
  }

  /** Gives a tile to the search; one it has already is left as it is. */
  supply(tile: RoadTile): void {
    const slot = this.#slots[this.#slotOf(tile)]!;
    if (slot.tile) return;
    slot.tile = tile;
    slot.meters = new Float64Array(tile.ownNodes).fill(Infinity);
    slot.seconds = new Float64Array(tile.ownNodes).fill(Infinity);
    for (const [node, cost] of slot.waiting) {
      slot.meters[node] = cost.meters;
      slot.seconds[node] = cost.seconds;
    }
    slot.waiting.clear();
  }

  /** Begins at a point of a supplied tile's roads, in both directions that may be driven. */
  startAt(tile: RoadTile, snap: Snap): void {
    const { road, node, fraction } = snap;
    const length = tile.lengthMeters[road]!;
    const forward = (1 - fraction) * tile.secondsOut[road]!;
    const backward = fraction * tile.secondsBack[road]!;
    // At the very end of a one-way road 0 × Infinity is no number: that way is simply not open.
    if (Number.isFinite(forward)) this.#reach(tile, tile.far[road]!, (1 - fraction) * length, forward);
    if (Number.isFinite(backward)) this.#reach(tile, node, fraction * length, backward);
  }

  /** @param node own or stub of the tile */
  #reach(tile: RoadTile, node: number, meters: number, seconds: number): void {
    if (node < tile.ownNodes) {
      this.#relax(this.#slotOf(tile), node, meters, seconds);
      return;
    }
    const stub = node - tile.ownNodes;
    this.#relax(this.#slotOf(tile.neighbours[tile.stubTile[stub]!]!), tile.stubNode[stub]!, meters, seconds);
  }

  #relax(at: number, node: number, meters: number, seconds: number): void {
    const cost = this.measure === 'meters' ? meters : seconds;
    if (cost > this.limit) return;
    const slot = this.#slots[at]!;
    if (slot.tile) {
      if (cost >= slot[this.measure][node]!) return;
      slot.meters[node] = meters;
      slot.seconds[node] = seconds;
    } else {
      const known = slot.waiting.get(node);
      if (known && cost >= known[this.measure]) return;
      slot.waiting.set(node, { meters, seconds });
    }
    this.#queue.push(at * NODES_PER_SLOT + node, cost);
  }

  #costAt(slot: Slot, node: number): DriveCost {
    if (!slot.tile) return slot.waiting.get(node) ?? NOWHERE;
    return { meters: slot.meters[node]!, seconds: slot.seconds[node]! };
  }

  /**
   * Searches as far as the tiles reach.
   * @param most junctions to settle before it pauses
   * @returns the tile that is needed to go on, `more` when it has paused, or null when everything within the limit is
   * settled
   */
  advance(most: number): TileKey | 'more' | null {
    for (let settled = 0; ; settled++) {
      if (settled >= most) return 'more';
      const id = this.#queue.peek();
      if (id === undefined) return null;
      const at = Math.floor(id / NODES_PER_SLOT);
      const slot = this.#slots[at]!;
      if (!slot.tile) return slot.key;
      const settledAt = this.#queue.peekValue()!;
      this.#queue.pop();
      const { tile } = slot;
      const node = id % NODES_PER_SLOT;
      const meters = slot.meters[node]!;
      const seconds = slot.seconds[node]!;
      // An entry that a cheaper way has overtaken.
      if (settledAt > (this.measure === 'meters' ? meters : seconds)) continue;
      for (let road = tile.roadOffset[node]!; road < tile.roadOffset[node + 1]!; road++) {
        const out = seconds + tile.secondsOut[road]!;
        if (out === Infinity) continue;
        const far = tile.far[road]!;
        const length = meters + tile.lengthMeters[road]!;
        if (far < tile.ownNodes) this.#relax(at, far, length, out);
        else this.#reach(tile, far, length, out);
      }
    }
  }

  /** The tiles that hold what was reached. */
  get tiles(): RoadTile[] {
    return this.#slots.flatMap(({ tile }) => tile ?? []);
  }

  /** @returns the cheaper way to a point of a tile's roads, or null when both ways are beyond the limit */
  costTo(tile: RoadTile, { road, node, fraction }: Snap): DriveCost | null {
    const length = tile.lengthMeters[road]!;
    const via = (end: number, share: number, wholeSeconds: number): DriveCost => {
      if (wholeSeconds === Infinity) return NOWHERE;
      const cost = this.#costOf(tile, end);
      return { meters: cost.meters + share * length, seconds: cost.seconds + share * wholeSeconds };
    };
    const here = via(node, fraction, tile.secondsOut[road]!);
    const there = via(tile.far[road]!, 1 - fraction, tile.secondsBack[road]!);
    const best = there[this.measure] < here[this.measure] ? there : here;
    return best[this.measure] <= this.limit ? best : null;
  }

  #costOf(tile: RoadTile, node: number): DriveCost {
    const own = node < tile.ownNodes;
    const key = own ? tile : tile.neighbours[tile.stubTile[node - tile.ownNodes]!]!;
    const at = this.#slotByKey.get(`${key.x},${key.y}`);
    if (at === undefined) return NOWHERE;
    return this.#costAt(this.#slots[at]!, own ? node : tile.stubNode[node - tile.ownNodes]!);
  }
}
