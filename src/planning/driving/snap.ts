import { METERS_PER_DEGREE } from '../network/geodesy.js';
import { turnE7 } from '../network/longitude.js';
import type { RoadTile } from '../network/road-tiles.js';

/** The point of a tile's roads that is nearest to some place. */
export interface Snap {
  /** Index of the road (a row of `far`, `lengthMeters`, …) and the own node that it was written at. */
  road: number;
  node: number;
  /** 0 at the own node, 1 at the far one. */
  fraction: number;
  distanceMeters: number;
}

const METERS_PER_E7 = METERS_PER_DEGREE / 1e7;

/** Side of a cell in degrees × 1e7: about 550 m, as long as the longest roads are. */
const CELL_E7 = 50_000;

/**
 * The roads of a tile that a drive may begin or end on, in a grid of cells, each road in every cell that its box
 * touches, so that the nearest of them is found among few: a tile may hold thousands of parkings and a hundred thousand
 * roads.
 */
export class RoadIndex {
  readonly #tile: RoadTile;
  /** Own node of each row. */
  readonly #nodeOf: Uint32Array;
  readonly #west: number;
  readonly #south: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Roads of cell c: `roads[offset[c]] … roads[offset[c + 1]]`. */
  readonly #offset: Uint32Array;
  readonly #roads: Uint32Array;

  constructor(tile: RoadTile) {
    this.#tile = tile;
    this.#nodeOf = new Uint32Array(tile.far.length);
    for (let node = 0; node < tile.ownNodes; node++) {
      this.#nodeOf.fill(node, tile.roadOffset[node], tile.roadOffset[node + 1]);
    }
    // Longitudes count from the first node, because a tile may lie on the antimeridian.
    this.#west = tile.nodeLonE7[0] ?? 0;
    let [left, right, bottom, top] = [0, 0, Infinity, -Infinity];
    for (let node = 0; node < tile.nodeLonE7.length; node++) {
      const x = turnE7(this.#west, tile.nodeLonE7[node]!);
      const y = tile.nodeLatE7[node]!;
      left = Math.min(left, x);
      right = Math.max(right, x);
      bottom = Math.min(bottom, y);
      top = Math.max(top, y);
    }
    this.#west += left;
    this.#south = bottom;
    this.#columns = Math.floor((right - left) / CELL_E7) + 1;
    this.#rows = tile.nodeLonE7.length > 0 ? Math.floor((top - bottom) / CELL_E7) + 1 : 0;

    this.#offset = new Uint32Array(this.#columns * this.#rows + 1);
    this.#eachCell((cell) => this.#offset[cell + 1]!++);
    for (let cell = 1; cell < this.#offset.length; cell++) this.#offset[cell]! += this.#offset[cell - 1]!;
    const next = this.#offset.slice();
    this.#roads = new Uint32Array(this.#offset.at(-1)!);
    this.#eachCell((cell, road) => {
      this.#roads[next[cell]!++] = road;
    });
  }

  /** Bytes held beside the tile. */
  get bytes(): number {
    return this.#nodeOf.byteLength + this.#offset.byteLength + this.#roads.byteLength;
  }

  #eachCell(visit: (cell: number, road: number) => void): void {
    const { ownNodes, nodeLonE7, nodeLatE7, far, joined } = this.#tile;
    for (let road = 0; road < far.length; road++) {
      const a = this.#nodeOf[road]!;
      const b = far[road]!;
      // A road inside the tile is written at both ends: once is enough.
      if (!joined[road] || (b < a && b < ownNodes)) continue;
      const [xa, xb] = [this.#column(nodeLonE7[a]!), this.#column(nodeLonE7[b]!)];
      const [ya, yb] = [this.#row(nodeLatE7[a]!), this.#row(nodeLatE7[b]!)];
      for (let y = Math.min(ya, yb); y <= Math.max(ya, yb); y++) {
        for (let x = Math.min(xa, xb); x <= Math.max(xa, xb); x++) visit(y * this.#columns + x, road);
      }
    }
  }

  #column(lonE7: number): number {
    return Math.floor(turnE7(this.#west, lonE7) / CELL_E7);
  }

  #row(latE7: number): number {
    return Math.floor((latE7 - this.#south) / CELL_E7);
  }

  /**
   * @param maxMeters roads farther than this are not looked for
   * @returns the nearest point on a road from which one gets somewhere and back, or null; distances on a plane touching
   *   the earth there
   */
  nearest(lonE7: number, latE7: number, maxMeters: number): Snap | null {
    const metersPerLon = METERS_PER_E7 * Math.max(0.01, Math.cos((latE7 / 1e7) * (Math.PI / 180)));
    const reachLon = maxMeters / metersPerLon;
    const reachLat = maxMeters / METERS_PER_E7;
    const at = turnE7(this.#west, lonE7);
    const first = Math.max(0, Math.floor((at - reachLon) / CELL_E7));
    const last = Math.min(this.#columns - 1, Math.floor((at + reachLon) / CELL_E7));
    let best: Snap | null = null;
    let within = maxMeters;
    for (
      let y = Math.max(0, this.#row(latE7 - reachLat));
      y <= Math.min(this.#rows - 1, this.#row(latE7 + reachLat));
      y++
    ) {
      const from = this.#offset[y * this.#columns + first];
      const to = first <= last ? this.#offset[y * this.#columns + last + 1]! : 0;
      for (let i = from ?? 0; i < to; i++) {
        const found = this.#beside(this.#roads[i]!, lonE7, latE7, metersPerLon);
        if (found.distanceMeters > within || (best && found.distanceMeters === within)) continue;
        within = found.distanceMeters;
        best = found;
      }
    }
    return best;
  }

  #beside(road: number, lonE7: number, latE7: number, metersPerLon: number): Snap {
    const { nodeLonE7, nodeLatE7, far } = this.#tile;
    const node = this.#nodeOf[road]!;
    const end = far[road]!;
    const ax = turnE7(lonE7, nodeLonE7[node]!) * metersPerLon;
    const ay = (nodeLatE7[node]! - latE7) * METERS_PER_E7;
    const dx = turnE7(lonE7, nodeLonE7[end]!) * metersPerLon - ax;
    const dy = (nodeLatE7[end]! - latE7) * METERS_PER_E7 - ay;
    const square = dx * dx + dy * dy;
    const fraction = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square));
    return { road, node, fraction, distanceMeters: Math.hypot(ax + fraction * dx, ay + fraction * dy) };
  }
}
