import { Injectable } from '@nestjs/common';
import type { Edition } from '../database/editions.js';
import type { StoredTrailhead } from '../driving/road-store.js';
import type { Location } from '../network/geodesy.js';
import { TileStore } from '../network/tile-store.js';
import type { Start } from '../planner/loop-request.js';
import type { StartWish, Wish } from '../wish/wish.js';
import { type LoopStart, type Searched, trailheadStart, unnamedStart } from './answer.js';
import { chooseStarts } from './choose-starts.js';
import { NoElevation, NoTrailNear } from './errors.js';
import { Regions } from './regions.js';
import { TrailheadsService } from './trailheads.service.js';
import { nearestJunction } from './trails-around.js';
import { editionsAt } from './where.js';

/** From so many trailheads one request plans: beyond, another one hardly adds a better loop. */
export const MOST_STARTS = 6;
const START_TO_TRAIL_METERS = 2_000;

/** Where one plan begins, for the planner and for the answer. */
export interface Origin {
  start: Start;
  told: LoopStart;
}

/** Where plans begin, and how that was found. */
export interface Origins {
  edition: Edition;
  origins: Origin[];
  searched: Searched;
}

const atTrailhead = (trailhead: StoredTrailhead, drive: { meters: number; seconds: number } | null): Origin => ({
  start: {
    junction: trailhead.junction,
    at: { lon: trailhead.junctionLonE7 / 1e7, lat: trailhead.junctionLatE7 / 1e7 },
  },
  told: trailheadStart(trailhead, drive),
});

const e7 = (degrees: number): number => Math.round(degrees * 1e7);

/** From where a walk is to begin to the junctions to plan from. */
@Injectable()
export class OriginFinder {
  constructor(
    private readonly regions: Regions,
    private readonly tiles: TileStore,
    private readonly trailheads: TrailheadsService,
  ) {}

  /** @throws OutsideRegions, UnknownPlace, UnknownTrailhead, NoRoadNear, NoTrailNear, NoElevation; StaleEdition */
  find(wish: Wish): Promise<Origins> {
    switch (wish.start.by) {
      case 'trailhead':
        return this.#atTrailhead(wish.start.id, wish);
      case 'point':
        return this.#atPoint(wish.start.at, wish);
      case 'drive':
        return this.#withinDrive(wish.start, wish);
    }
  }

  async #atTrailhead(id: string, wish: Wish): Promise<Origins> {
    const { edition, trailhead } = await this.trailheads.byId(id);
    mustHaveElevation(edition, wish);
    return { edition, origins: [atTrailhead(trailhead, null)], searched: { by: 'trailhead', id: trailhead.id } };
  }

  async #atPoint(at: Location, wish: Wish): Promise<Origins> {
    for (const edition of editionsAt(await this.regions.current(), at, 'start')) {
      const tiles = await this.tiles.around(edition.id, e7(at.lon), e7(at.lat), START_TO_TRAIL_METERS);
      const start = await nearestJunction(tiles, e7(at.lon), e7(at.lat), START_TO_TRAIL_METERS);
      if (!start) continue;
      mustHaveElevation(edition, wish);
      return {
        edition,
        origins: [{ start, told: unnamedStart(start.at) }],
        searched: { by: 'point', at, junction: start.at },
      };
    }
    throw new NoTrailNear(at, START_TO_TRAIL_METERS);
  }

  async #withinDrive(start: StartWish & { by: 'drive' }, wish: Wish): Promise<Origins> {
    const { edition, trailheads, taken } = await this.trailheads.around(start);
    mustHaveElevation(edition, wish);
    const chosen = chooseStarts(trailheads, wish.lengthMeters, MOST_STARTS);
    return {
      edition,
      origins: chosen.map(({ trailhead, drive }) => atTrailhead(trailhead, drive)),
      searched: {
        by: 'drive',
        taken,
        reachable: trailheads.length,
        plannedFrom: chosen.map(({ trailhead }) => trailhead.id),
      },
    };
  }
}

/** @throws NoElevation when an ascent is asked for where none is known */
function mustHaveElevation({ hasElevation, region }: Edition, { minAscentMeters, maxAscentMeters }: Wish): void {
  if (hasElevation) return;
  const asked = [
    ...(minAscentMeters === null ? [] : (['minAscent'] as const)),
    ...(maxAscentMeters === null ? [] : (['maxAscent'] as const)),
  ];
  if (asked.length > 0) throw new NoElevation(region, asked);
}
