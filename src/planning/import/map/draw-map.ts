import { cutOverview } from './cutter/cut.js';
import { FIRST_ZOOM, SQUARE_ZOOM } from './cutter/layers.js';
import { type Square, squaresOf } from './cutter/squares.js';
import { thin } from './cutter/thin.js';
import { grown, meets, tileBox } from './cutter/world.js';
import { type DrawnSquare, type DrawnTile, type MapSource, packed } from './draw-square.js';
import { reliefAbove } from './heights/relief-above.js';
import { BESIDE_BOX } from './heights/square-heights.js';

/** A tile of the map as a row of the database. */
export interface MapTile {
  layer: DrawnTile['layer'];
  z: number;
  x: number;
  y: number;
  body: Uint8Array;
}

/** Draws one square, here or in a thread. */
export type Drawer = (square: Square) => Promise<DrawnSquare>;

/**
 * Draws the whole map: square by square, and the zooms above out of what they leave over.
 * @param most squares that the map may have
 * @param onSquare hears of each square that is done
 * @throws RangeError when it has more
 */
export async function drawMap(
  source: MapSource,
  draw: Drawer,
  most: number,
  onSquare: (done: number, all: number) => void = () => {},
): Promise<MapTile[]> {
  const squares = squaresOf(source.features, source.box, most);
  let done = 0;
  const drawn = await Promise.all(
    squares.map(async (square) => {
      const result = await draw(square);
      onSquare(++done, squares.length);
      return result;
    }),
  );
  const last = SQUARE_ZOOM - 1;
  const tiles = drawn.flatMap((square) => square.tiles);
  tiles.push(...packed('map', cutOverview(thin(source.features, last), FIRST_ZOOM, last, source.box)));
  const rests = squares.flatMap(({ x, y }, i) => {
    const { rest } = drawn[i];
    return rest ? [{ x, y, rest }] : [];
  });
  for (const tile of reliefAbove(rests)) tiles.push({ ...tile, layer: 'relief' });
  const around = grown(source.box, BESIDE_BOX);
  return tiles
    .filter(({ z, x, y }) => meets(tileBox(z, x, y), around))
    .map(({ layer, z, x, y, body }) => ({ layer, z, x: ((x % 2 ** z) + 2 ** z) % 2 ** z, y, body }))
    .sort((a, b) => a.layer.localeCompare(b.layer) || a.z - b.z || a.y - b.y || a.x - b.x);
}
