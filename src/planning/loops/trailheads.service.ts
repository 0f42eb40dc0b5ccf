import { Injectable } from '@nestjs/common';
import type { Edition } from '../database/editions.js';
import { type ReachableTrailhead, reachableTrailheads } from '../driving/reachable.js';
import { RoadStore, type StoredTrailhead } from '../driving/road-store.js';
import type { DriveWish } from '../wish/wish.js';
import type { DriveTaken } from './answer.js';
import { NoRoadNear, UnknownTrailhead } from './errors.js';
import { PlaceResolver } from './place-resolver.js';
import { Regions } from './regions.js';

/** The trailheads within a drive of a place, and how they were found. */
export interface TrailheadsAround {
  edition: Edition;
  taken: DriveTaken;
  /** Nearest by car first. */
  trailheads: ReachableTrailhead[];
}

@Injectable()
export class TrailheadsService {
  constructor(
    private readonly regions: Regions,
    private readonly places: PlaceResolver,
    private readonly roads: RoadStore,
  ) {}

  /** @throws UnknownPlace, OutsideRegions, NoRoadNear when the place is far from any road; StaleEdition */
  async around({ near, drive, isDriveByDefault }: DriveWish): Promise<TrailheadsAround> {
    const { place, editions } = await this.places.resolve(await this.regions.current(), near);
    const [measure, limit] =
      drive.meters === null ? (['seconds', drive.seconds] as const) : (['meters', drive.meters] as const);
    for (const edition of editions) {
      const found = await reachableTrailheads(this.roads, edition.id, place.at, measure, limit);
      if (!found) continue;
      const { roadMeters, trailheads } = found;
      return { edition, taken: { place, drive, isDriveByDefault, roadMeters }, trailheads };
    }
    throw new NoRoadNear(place.name ?? `${place.at.lat},${place.at.lon}`);
  }

  /** @throws UnknownTrailhead; StaleEdition */
  async byId(id: string): Promise<{ edition: Edition; trailhead: StoredTrailhead }> {
    for (const edition of await this.regions.current()) {
      const trailhead = await this.roads.trailhead(edition.id, id);
      if (trailhead) return { edition, trailhead };
    }
    throw new UnknownTrailhead(id);
  }
}
