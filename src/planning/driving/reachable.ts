import { type Location, METERS_PER_DEGREE } from '../network/geodesy.js';
import { blockAround, ROAD_GRID, type TileKey } from '../network/tile-grid.js';
import { turn } from '../network/turns.js';
import { type DriveCost, RoadSearch } from './road-search.js';
import type { RoadArea, RoadStore, StoredTrailhead } from './road-store.js';

export interface ReachableTrailhead {
  trailhead: StoredTrailhead;
  drive: DriveCost;
}

/** A place with no road this near has no drive. */
const PLACE_TO_ROAD_METERS = 10_000;

/** So many junctions of roads are settled between two turns of the main loop. */
const JUNCTIONS_PER_TURN = 2_048;

/** What a drive covers as the crow flies, to read most tiles at once; a search that gets farther asks for more. */
const USUAL_METERS_PER_SECOND = 12;
const USUAL_SHARE_OF_ROAD = 0.7;

/**
 * The trailheads within a drive from a place, nearest first. The drive begins where the road network comes nearest to
 * the place; `meters` bounds the shortest way, `seconds` the quickest, without traffic. One region is searched: roads
 * that lead out of it and back in are cut.
 *
 * @returns null when no road is near the place; `roadMeters` is how far the place is from the road
 * @throws StaleEdition
 */
export async function reachableTrailheads(
  store: RoadStore,
  edition: number,
  at: Location,
  measure: 'meters' | 'seconds',
  limit: number,
): Promise<{ roadMeters: number; trailheads: ReachableTrailhead[] } | null> {
  const lonE7 = Math.round(at.lon * 1e7);
  const latE7 = Math.round(at.lat * 1e7);
  const areas = new Map<string, RoadArea>();
  const read = async (keys: TileKey[]): Promise<RoadArea[]> => {
    const found = await store.areas(edition, keys);
    for (const [i, key] of keys.entries()) areas.set(`${key.x},${key.y}`, found[i]!);
    return found;
  };

  const near = (radiusMeters: number): Promise<TileKey[]> =>
    store.tilesIn(edition, blockAround(ROAD_GRID, lonE7, latE7, radiusMeters));

  const around = await read(await near(PLACE_TO_ROAD_METERS));
  const snaps = around.flatMap(({ roads, index }) => {
    const snap = index?.nearest(lonE7, latE7, PLACE_TO_ROAD_METERS);
    return roads && snap ? [{ roads, snap }] : [];
  });
  const start = snaps.sort((a, b) => a.snap.distanceMeters - b.snap.distanceMeters)[0];
  if (!start) return null;

  // An embedded database answers within the same turn.
  await turn();
  const search = new RoadSearch(measure, limit);
  const flown = Math.min(
    measure === 'meters' ? limit * USUAL_SHARE_OF_ROAD : limit * USUAL_METERS_PER_SECOND,
    METERS_PER_DEGREE / 2,
  );
  const usual = await read(await near(flown));
  for (const { roads } of [...around, ...usual]) if (roads) search.supply(roads);
  search.startAt(start.roads, start.snap);
  for (let key = search.advance(JUNCTIONS_PER_TURN); key; key = search.advance(JUNCTIONS_PER_TURN)) {
    if (key === 'more') {
      await turn();
      continue;
    }
    const [area] = await read([key]);
    if (!area?.roads) throw new Error(`a road leads into the tile ${key.x},${key.y}, which is not stored`);
    search.supply(area.roads);
  }

  const trailheads = search.tiles.flatMap((tile) =>
    areas.get(`${tile.x},${tile.y}`)!.trailheads.flatMap(({ trailhead, snap }) => {
      const drive = snap && search.costTo(tile, snap);
      return drive ? [{ trailhead, drive }] : [];
    }),
  );
  trailheads.sort((a, b) => a.drive[measure] - b.drive[measure] || (a.trailhead.id < b.trailhead.id ? -1 : 1));
  return { roadMeters: start.snap.distanceMeters, trailheads };
}
