import { spanE7 } from '../../network/longitude.js';
import type { Extract } from './collection.js';
import { isInside, ringsOf } from './rings.js';

/** Degrees × 1e7 of a cell in which grounds are looked up. */
const CELL_E7 = 500_000;

interface Ground {
  rings: number[][];
}

const cellKey = (x: number, y: number): number => x * 10_000 + y;

/** Answers which nodes lie on military ground. */
export class GroundIndex {
  readonly #nodes: Extract['nodes'];
  readonly #cells = new Map<number, Ground[]>();

  constructor({ ways, grounds, nodes }: Extract) {
    this.#nodes = nodes;
    const wanted = grounds.filter(({ isMilitary }) => isMilitary);
    const parts = new Set(wanted.flatMap(({ wayIds }) => wayIds));
    const lines = new Map<number, number[]>();
    for (const { id, refs, isMilitary } of ways) {
      if (!isMilitary && !parts.has(id)) continue;
      const line = refs.map((ref) => nodes.indexOf(ref)).filter((index) => nodes.isPlaced(index));
      if (line.length < 2) continue;
      lines.set(id, line);
      if (isMilitary) this.#add(ringsOf([line]));
    }
    for (const { wayIds } of wanted)
      this.#add(ringsOf(wayIds.flatMap((id) => (lines.has(id) ? [lines.get(id)!] : []))));
  }

  #add(rings: number[][]): void {
    if (rings.length === 0) return;
    const { lonE7, latE7 } = this.#nodes;
    const corners = rings.flat();
    const { west, east } = spanE7(corners.map((node) => lonE7[node]!));
    let [south, north] = [Infinity, -Infinity];
    for (const node of corners) {
      south = Math.min(south, latE7[node]!);
      north = Math.max(north, latE7[node]!);
    }
    // Across the antimeridian both sides are looked through whole: such ground is rare.
    const ranges =
      west <= east
        ? [[west, east]]
        : [
            [west, 1_800_000_000],
            [-1_800_000_000, east],
          ];
    for (const [from, to] of ranges) {
      for (let x = Math.floor(from! / CELL_E7); x <= Math.floor(to! / CELL_E7); x++) {
        for (let y = Math.floor(south / CELL_E7); y <= Math.floor(north / CELL_E7); y++) {
          const key = cellKey(x, y);
          const here = this.#cells.get(key);
          if (here) here.push({ rings });
          else this.#cells.set(key, [{ rings }]);
        }
      }
    }
  }

  /** @param node by its index in the table */
  holds(node: number): boolean {
    if (this.#cells.size === 0) return false;
    const [lon, lat] = [this.#nodes.lonE7[node]!, this.#nodes.latE7[node]!];
    const here = this.#cells.get(cellKey(Math.floor(lon / CELL_E7), Math.floor(lat / CELL_E7)));
    return here?.some(({ rings }) => isInside(rings, this.#nodes, lon, lat)) ?? false;
  }
}
