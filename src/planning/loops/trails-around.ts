import { distanceMetersE7 } from '../network/geodesy.js';
import { openTile } from '../network/tile.js';
import type { TileBody } from '../network/tile-store.js';
import { turn } from '../network/turns.js';
import type { Start } from '../planner/loop-request.js';

/**
 * The junction of the trail network nearest to a point.
 * @param tiles around the point
 * @returns null when there is none within `maxMeters`
 */
export async function nearestJunction(
  tiles: TileBody[],
  lonE7: number,
  latE7: number,
  maxMeters: number,
): Promise<Start | null> {
  let best: Start | null = null;
  let bestMeters = maxMeters;
  for (const { body } of tiles) {
    await turn();
    const { columns, ownJunctions } = openTile(body);
    for (let i = 0; i < ownJunctions; i++) {
      const meters = distanceMetersE7(lonE7, latE7, columns.junctionLonE7[i]!, columns.junctionLatE7[i]!);
      if (meters > bestMeters) continue;
      bestMeters = meters;
      best = {
        junction: columns.junctionId[i]!,
        at: { lon: columns.junctionLonE7[i]! / 1e7, lat: columns.junctionLatE7[i]! / 1e7 },
      };
    }
  }
  return best;
}
