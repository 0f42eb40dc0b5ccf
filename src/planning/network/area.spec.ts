import { expect, test } from '@jest/globals';
import { assembleArea } from './area.js';
import { drawGrid } from './build-network.js';
import { toShared } from './columns.js';
import { prepareRegion } from './prepare.js';
import { openTile } from './tile.js';

test('putting an area together can be given up at each of its stages', () => {
  const network = drawGrid(110, 110, 50);
  const tiles = prepareRegion({ network, trailheads: [] }).tiles.map(({ body }) => openTile(toShared(body)));
  let breaths = 0;
  assembleArea(tiles, () => breaths++);
  // Three passes over the tiles, and one breath for each 8192 of 24 000 segments in each of three passes.
  expect(breaths).toBeGreaterThan(3 * tiles.length + 9);
  for (let last = 1; last <= breaths; last++) {
    let count = 0;
    const giveUp = (): void => {
      if (++count === last) throw new Error(`given up at ${last}`);
    };
    expect(() => assembleArea(tiles, giveUp)).toThrow(`given up at ${last}`);
  }
});
