import type { Database } from '../src/planning/database/connect.js';
import { RoadStore } from '../src/planning/driving/road-store.js';
import { LoopsService } from '../src/planning/loops/loops.service.js';
import { OriginFinder } from '../src/planning/loops/origins.js';
import { PlaceResolver } from '../src/planning/loops/place-resolver.js';
import { Regions } from '../src/planning/loops/regions.js';
import { TrailheadsService } from '../src/planning/loops/trailheads.service.js';
import { TileStore } from '../src/planning/network/tile-store.js';
import type { PlannerPool } from '../src/planning/planner/threads/planner-pool.js';

const CACHE_BYTES = 64 * 2 ** 20;

/** What answers questions behind HTTP, with empty caches of its own; no walk is cut into days. */
export function servicesOver(db: Database, planner: PlannerPool, threads: number) {
  const regions = new Regions(db);
  const tiles = new TileStore(db, CACHE_BYTES);
  const trailheads = new TrailheadsService(regions, new PlaceResolver(db), new RoadStore(db, CACHE_BYTES));
  const origins = new OriginFinder(regions, tiles, trailheads);
  return {
    trailheads,
    loops: new LoopsService(regions, tiles, trailheads, origins, planner, threads, async () => []),
  };
}

/** Nobody goes away while a bench asks. */
export const forever = new AbortController().signal;
