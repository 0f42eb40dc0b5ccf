import { Injectable } from '@nestjs/common';
import { Problem } from '../../runtime/door.js';
import type { Edition } from '../database/editions.js';
import { type ReachableTrailhead, reachableTrailheads } from '../driving/reachable.js';
import { RoadStore, type StoredTrailhead } from '../driving/road-store.js';
import { PlaceResolver, type TakenPlace } from './place-resolver.js';
import { noRoadNear, unknownTrailhead } from './problems.js';
import { DEFAULT_DRIVE, type Near } from './query/loops-query.js';
import { type Drive, readDrive } from './query/quantities.js';
import { Regions } from './regions.js';

/** The trailheads within a drive of a place, and how they were found. */
export interface TrailheadsAround {
  edition: Edition;
  place: TakenPlace['told'];
  /** From the place to where the drive begins. */
  roadMeters: number;
  drive: { limitMeters: number | null; limitSeconds: number | null; byDefault: boolean };
  trailheads: ReachableTrailhead[];
}

@Injectable()
export class TrailheadsService {
  constructor(
    private readonly regions: Regions,
    private readonly places: PlaceResolver,
    private readonly roads: RoadStore,
  ) {}

  /** @throws Problem when the place is unknown, outside every region or far from any road; StaleEdition */
  async around(near: Near, given: Drive | undefined): Promise<TrailheadsAround> {
    const place = await this.places.resolve(await this.regions.current(), near);
    const drive = given ?? readDrive(DEFAULT_DRIVE);
    const [measure, limit] =
      drive.meters === null ? (['seconds', drive.seconds] as const) : (['meters', drive.meters] as const);
    for (const edition of place.editions) {
      const found = await reachableTrailheads(this.roads, edition.id, place.at, measure, limit);
      if (!found) continue;
      return {
        edition,
        place: place.told,
        roadMeters: found.roadMeters,
        drive: { limitMeters: drive.meters, limitSeconds: drive.seconds, byDefault: given === undefined },
        trailheads: found.trailheads,
      };
    }
    const detail = `No road is within 10 km of ${place.told.name ?? `${place.at.lat},${place.at.lon}`}.`;
    throw new Problem(noRoadNear, detail, { errors: [{ parameter: 'near', detail }] });
  }

  /** @throws Problem unknown-trailhead; StaleEdition */
  async byId(id: string): Promise<{ edition: Edition; trailhead: StoredTrailhead }> {
    for (const edition of await this.regions.current()) {
      const trailhead = await this.roads.trailhead(edition.id, id);
      if (trailhead) return { edition, trailhead };
    }
    const detail = `There is no trailhead ${id}. /v1/trailheads?near=… lists those around a place.`;
    throw new Problem(unknownTrailhead, detail, { errors: [{ parameter: 'trailhead', given: id, detail }] });
  }
}
