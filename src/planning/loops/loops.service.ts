import { overloaded, Problem, requestSignal } from '../../runtime/door.js';
import type { Edition } from '../database/editions.js';
import type { StoredTrailhead } from '../driving/road-store.js';
import type { Stay } from '../network/region.js';
import type { TileStore } from '../network/tile-store.js';
import { chooseStarts } from './choose-starts.js';
import { daysOf } from './days/overnights.js';
import { type LoopFeature, type LoopStart, loopFeature } from './format/geojson.js';
import { roundedLocation } from './format/rounding.js';
import {
  type Candidate,
  daysTold,
  daysWishOf,
  type FoundLoops,
  type Origin,
  type OriginMiss,
  type Planned,
  type Searched,
  whyNothing,
  wishOf,
} from './found-loops.js';
import { decodeLoopId, encodeLoopId, type LoopId, roundRequest } from './loop-id.js';
import type { Loop, LoopRequest } from './loop-request.js';
import { type PlannerPool, QueueFull, tileRadiusMeters } from './planner-pool.js';
import { loopGone, noTrailNear } from './problems.js';
import { type LoopsQuery, lengthOf } from './query/loops-query.js';
import { rankLoops } from './rank.js';
import type { Regions } from './regions.js';
import { steadily } from './steadily.js';
import type { TrailheadsService } from './trailheads.service.js';
import { nearestJunction } from './trails-around.js';
import { editionsAt, mustHaveElevation } from './where.js';

/** From so many trailheads one request plans: beyond, another one hardly adds a better loop. */
const MOST_STARTS = 6;
const DEFAULT_COUNT = 3;
/** Not every loop comes by a place to sleep at the right time: so many are tried for days. */
const COUNT_FOR_DAYS = 10;
const START_TO_TRAIL_METERS = 2_000;

const originOf = (trailhead: StoredTrailhead, drive: { meters: number; seconds: number } | null): Origin => ({
  start: {
    junction: trailhead.junction,
    at: { lon: trailhead.junctionLonE7 / 1e7, lat: trailhead.junctionLatE7 / 1e7 },
  },
  told: {
    id: trailhead.id,
    name: trailhead.name,
    lon: trailhead.lonE7 / 1e7,
    lat: trailhead.latE7 / 1e7,
    driveMeters: drive?.meters ?? null,
    driveSeconds: drive?.seconds ?? null,
  },
});

const e7 = (degrees: number): number => Math.round(degrees * 1e7);

/** From a query to loops, and from an id to its loop. */
export class LoopsService {
  constructor(
    private readonly regions: Regions,
    private readonly tiles: TileStore,
    private readonly trailheads: TrailheadsService,
    private readonly planner: Pick<PlannerPool, 'plan' | 'rebuild'>,
    /** Plans of one request that run at once. */
    private readonly threads: number,
    private readonly staysAround: (edition: number, loops: Loop[]) => Promise<Stay[]>,
  ) {}

  /** @throws Problem when the place, the start or the ascent cannot be had; when too many plans wait */
  async find(query: LoopsQuery): Promise<FoundLoops> {
    const signal = requestSignal();
    const request: LoopRequest = roundRequest({
      lengthMeters: lengthOf(query),
      minAscentMeters: query.minAscent ?? null,
      maxAscentMeters: query.maxAscent ?? null,
      maxDifficulty: query.maxDifficulty ?? null,
      directionDegrees: query.direction ?? null,
      count: query.days === undefined ? (query.count ?? DEFAULT_COUNT) : COUNT_FOR_DAYS,
      seed: query.seed ?? 0,
    });
    return steadily(
      () => signal,
      this.regions,
      async () => {
        const searched = await this.#search(query, request);
        return this.#answer(searched, request, query, await this.#planAll(searched, request, signal));
      },
    );
  }

  /** @throws Problem loop-gone when no region holds that loop any more; MalformedLoopId */
  async byId(id: string): Promise<{ edition: Edition; feature: LoopFeature }> {
    const signal = requestSignal();
    const decoded = decodeLoopId(id);
    return steadily(
      () => signal,
      this.regions,
      async () => {
        for (const edition of await this.#editionsOf(decoded)) {
          const radius = tileRadiusMeters(Math.max(decoded.lengthMeters, decoded.request.lengthMeters));
          const tiles = await this.tiles.around(edition.id, decoded.startLonE7, decoded.startLatE7, radius);
          const loop = await this.#shed(this.planner.rebuild({ edition: edition.id, tiles, id }, signal));
          if (loop) return { edition, feature: loopFeature(loop, id, await this.#startOf(decoded)) };
        }
        throw new Problem(loopGone, 'The data has no such loop any more: a way that it followed has changed.');
      },
    );
  }

  async #editionsOf({ startLonE7, startLatE7 }: LoopId): Promise<Edition[]> {
    try {
      return editionsAt(await this.regions.current(), { lon: startLonE7 / 1e7, lat: startLatE7 / 1e7 }, 'id');
    } catch (error) {
      // A region that was removed took its loops along.
      if (error instanceof Problem) return [];
      throw error;
    }
  }

  async #startOf({ trailhead, startLonE7, startLatE7 }: LoopId): Promise<LoopStart> {
    const junction = { lon: startLonE7 / 1e7, lat: startLatE7 / 1e7 };
    const unnamed = { id: trailhead, name: null, ...junction, driveMeters: null, driveSeconds: null };
    if (trailhead === null) return unnamed;
    try {
      return originOf((await this.trailheads.byId(trailhead)).trailhead, null).told;
    } catch (error) {
      // The walk is still there though its parking is gone.
      if (error instanceof Problem) return unnamed;
      throw error;
    }
  }

  async #search(query: LoopsQuery, request: LoopRequest): Promise<Searched> {
    if (query.trailhead !== undefined) {
      const { edition, trailhead } = await this.trailheads.byId(query.trailhead);
      mustHaveElevation(edition, query);
      return { edition, origins: [originOf(trailhead, null)], told: { trailhead: trailhead.id } };
    }
    if (query.start !== undefined) return this.#searchAt(query, query.start);
    const around = await this.trailheads.around(query.near!, query.drive);
    mustHaveElevation(around.edition, query);
    const chosen = chooseStarts(around.trailheads, request.lengthMeters, MOST_STARTS);
    return {
      edition: around.edition,
      origins: chosen.map(({ trailhead, drive }) => originOf(trailhead, drive)),
      barren: around.trailheads.length > 0 && chosen.length === 0,
      told: {
        place: around.place,
        drive: { ...around.drive, roadMeters: Math.round(around.roadMeters) },
        trailheads: { reachable: around.trailheads.length, plannedFrom: chosen.map(({ trailhead }) => trailhead.id) },
      },
    };
  }

  async #searchAt(query: LoopsQuery, at: { lat: number; lon: number }): Promise<Searched> {
    for (const edition of editionsAt(await this.regions.current(), at, 'start')) {
      const tiles = await this.tiles.around(edition.id, e7(at.lon), e7(at.lat), START_TO_TRAIL_METERS);
      const start = nearestJunction(tiles, e7(at.lon), e7(at.lat), START_TO_TRAIL_METERS);
      if (!start) continue;
      mustHaveElevation(edition, query);
      const told = { id: null, name: null, ...start.at, driveMeters: null, driveSeconds: null };
      return {
        edition,
        origins: [{ start, told }],
        told: { start: roundedLocation(at), junction: roundedLocation(start.at) },
      };
    }
    const detail = `No junction of the trail network is within ${START_TO_TRAIL_METERS / 1000} km of ${at.lat},${at.lon}.`;
    throw new Problem(noTrailNear, detail, { errors: [{ parameter: 'start', detail }] });
  }

  /** Plans from every origin, as many at once as there are threads, and ranks what was found. */
  async #planAll({ edition, origins }: Searched, request: LoopRequest, signal: AbortSignal): Promise<Planned> {
    const candidates: Candidate[] = [];
    const misses: OriginMiss[] = [];
    let truncated = false;
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const left = origins.values();
    const planSome = async (): Promise<void> => {
      for (const origin of left) {
        const { start } = origin;
        const radius = tileRadiusMeters(request.lengthMeters);
        const tiles = await this.tiles.around(edition.id, e7(start.at.lon), e7(start.at.lat), radius);
        const plan = await this.#shed(this.planner.plan({ edition: edition.id, tiles, start, request }, either));
        truncated ||= plan.truncated;
        for (const loop of plan.loops) candidates.push({ loop, origin });
        if (plan.miss) misses.push({ miss: plan.miss, origin });
      }
    };
    try {
      await Promise.all(Array.from({ length: this.threads }, planSome));
    } catch (error) {
      failed.abort(error);
      throw error;
    }
    // In the order of the origins, whichever thread was first: the answer must not depend on it.
    const order = (each: { origin: Origin }): number => origins.indexOf(each.origin);
    candidates.sort((a, b) => order(a) - order(b));
    misses.sort((a, b) => order(a) - order(b));
    return { ranked: rankLoops(candidates, request.count), misses, truncated };
  }

  async #answer(searched: Searched, request: LoopRequest, query: LoopsQuery, planned: Planned): Promise<FoundLoops> {
    const { edition } = searched;
    const count = query.count ?? DEFAULT_COUNT;
    const wish = daysWishOf(query);
    const stays = wish && planned.ranked.length > 0 ? await this.#staysAt(edition, planned.ranked) : [];
    const features: LoopFeature[] = [];
    let missing: string | null = null;
    for (const { loop, origin } of planned.ranked) {
      if (features.length === count) break;
      const id = encodeLoopId(loop, request, origin.told.id);
      const cut = wish && daysOf(loop, stays, wish);
      if (cut && 'missing' in cut) missing ??= cut.missing;
      else features.push(loopFeature(loop, id, origin.told, cut?.days));
    }
    return {
      edition,
      searched: { wish: { ...wishOf(request), count, ...daysTold(wish) }, ...searched.told },
      features,
      ...(features.length > 0 ? { why: null, nearest: [] } : whyNothing(searched, planned, request, missing)),
      truncated: planned.truncated,
    };
  }

  #staysAt(edition: Edition, ranked: Candidate[]): Promise<Stay[]> {
    return this.staysAround(
      edition.id,
      ranked.map(({ loop }) => loop),
    );
  }

  async #shed<T>(planned: Promise<T>): Promise<T> {
    try {
      return await planned;
    } catch (error) {
      if (!(error instanceof QueueFull)) throw error;
      throw new Problem(overloaded, 'All planners are busy.', {}, { 'Retry-After': '1' });
    }
  }
}
