import type { RawTile } from '../cutter/cut.js';
import { SQUARE_ZOOM } from '../cutter/layers.js';
import { filled, type HeightGrid, halved } from './grid.js';
import { reliefTile } from './relief.js';

/** The first zoom with a relief. */
export const FIRST_RELIEF_ZOOM = 6;

interface Rest {
  x: number;
  y: number;
  /** Heights of a tile in half the pixels of one. */
  rest: HeightGrid;
}

/** Relief for the zooms above the squares, each tile out of the four below it. */
export function reliefAbove(squares: Rest[]): RawTile[] {
  const tiles: RawTile[] = [];
  let below = squares;
  for (let z = SQUARE_ZOOM - 1; z >= FIRST_RELIEF_ZOOM; z--) {
    const above = new Map<string, Rest>();
    for (const { x, y, rest } of below) {
      const parent = { x: Math.floor(x / 2), y: Math.floor(y / 2) };
      const key = `${parent.x} ${parent.y}`;
      let own = above.get(key);
      if (!own) {
        const side = 2 * rest.side;
        own = { ...parent, rest: { side, meters: new Float32Array(side * side).fill(Number.NaN) } };
        above.set(key, own);
      }
      const [left, top] = [(x - 2 * parent.x) * rest.side, (y - 2 * parent.y) * rest.side];
      for (let row = 0; row < rest.side; row++) {
        const line = rest.meters.subarray(row * rest.side, (row + 1) * rest.side);
        own.rest.meters.set(line, (top + row) * own.rest.side + left);
      }
    }
    for (const { x, y, rest } of above.values()) tiles.push({ z, x, y, body: reliefTile(filled(rest)) });
    below = [...above.values()].map(({ x, y, rest }) => ({ x, y, rest: halved(rest) }));
  }
  return tiles;
}
