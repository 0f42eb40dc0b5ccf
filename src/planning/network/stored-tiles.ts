import type { Database } from '../database/connect.js';
import { countOf, keysOf, spansOf, type TileBlock, type TileGrid, type TileKey } from './tile-grid.js';

/**
 * A question looks at no more tiles than this. The largest circle that may be asked for, 110 km around a start, touches
 * fewer up to 65° of latitude; beyond, only tiles that are stored are counted.
 */
export const MOST_TILES = 4_096;

/**
 * The tiles of a block to look at: all of them where they are few; where they are many, as near a pole, those that are
 * stored.
 * @param table of the tiles
 * @returns at most MOST_TILES, row by row from the south
 */
export async function tilesIn(
  db: Database,
  table: 'trail_tile' | 'road_tile',
  grid: TileGrid,
  edition: number,
  block: TileBlock,
): Promise<TileKey[]> {
  if (countOf(block) <= MOST_TILES) return keysOf(grid, block);
  const spans = spansOf(grid, block);
  return await db
    .selectFrom(table)
    .select(['x', 'y'])
    .where('edition', '=', edition)
    .where('y', '>=', block.bottom)
    .where('y', '<=', block.top)
    .where((eb) => eb.or(spans.map(([from, to]) => eb.and([eb('x', '>=', from), eb('x', '<=', to)]))))
    .orderBy('y')
    .orderBy('x')
    .limit(MOST_TILES)
    .execute();
}
