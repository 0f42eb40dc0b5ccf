import type { Edition } from '../database/editions.js';
import type { Stay } from '../network/region.js';
import type { TileStore } from '../network/tile-store.js';
import { decodeLoopId, encodeLoopId, type LoopId } from '../planner/loop-id.js';
import type { Loop, LoopRequest } from '../planner/loop-request.js';
import { type PlannerPool, QueueFull, tileRadiusMeters } from '../planner/threads/planner-pool.js';
import type { Wish } from '../wish/wish.js';
import { type Answer, type FoundLoop, type LoopStart, type Nothing, trailheadStart, unnamedStart } from './answer.js';
import { daysOf } from './days/overnights.js';
import { LoopGone, PlannersBusy, UnknownTrailhead } from './errors.js';
import type { Origin, OriginFinder, Origins } from './origins.js';
import { type RankedLoop, rankLoops } from './rank.js';
import type { Regions } from './regions.js';
import type { TrailheadsService } from './trailheads.service.js';
import { editionsHolding } from './where.js';
import { nearestMiss, nothingToSleepIn, nowhereToStart, type OriginMiss } from './why-nothing.js';

/** Not every loop comes by a place to sleep at the right time: so many are tried for days. */
const COUNT_FOR_DAYS = 10;

/** What all plans of a wish gave together, best first. */
interface Planned {
  ranked: RankedLoop[];
  misses: OriginMiss[];
  truncated: boolean;
}

/** From a wish to loops, and from an id to its loop. */
export class LoopsService {
  constructor(
    private readonly regions: Regions,
    private readonly tiles: TileStore,
    private readonly trailheads: TrailheadsService,
    private readonly origins: Pick<OriginFinder, 'find'>,
    private readonly planner: Pick<PlannerPool, 'plan' | 'rebuild'>,
    /** Plans of one wish that run at once. */
    private readonly threads: number,
    private readonly staysAround: (edition: number, loops: Loop[]) => Promise<Stay[]>,
  ) {}

  /**
   * @throws what `OriginFinder.find` throws; PlannersBusy when too many plans wait; StaleEdition
   * @throws the signal's reason once it aborts
   */
  async find(wish: Wish, signal: AbortSignal): Promise<Answer> {
    const origins = await this.origins.find(wish);
    const { start: _, days, ...walk } = wish;
    const request: LoopRequest = { ...walk, count: days ? COUNT_FOR_DAYS : wish.count };
    return this.#answer(origins, wish, await this.#planAll(origins, request, signal));
  }

  /** @throws MalformedLoopId; LoopGone when no region holds that loop any more; otherwise as `find` */
  async byId(id: string, signal: AbortSignal): Promise<{ edition: Edition; found: FoundLoop }> {
    const decoded = decodeLoopId(id);
    const { startLonE7, startLatE7, request } = decoded;
    const at = { lon: startLonE7 / 1e7, lat: startLatE7 / 1e7 };
    // A region that was removed took its loops along: then there is none here.
    for (const edition of editionsHolding(await this.regions.current(), at)) {
      const radius = tileRadiusMeters(Math.max(decoded.lengthMeters, request.lengthMeters));
      const tiles = await this.tiles.around(edition.id, startLonE7, startLatE7, radius);
      const loop = await orBusy(this.planner.rebuild({ edition: edition.id, tiles, id }, signal));
      if (!loop) continue;
      // An id of an older form is answered with the one that the loop has now.
      const own = encodeLoopId(loop, request, decoded.trailhead);
      return { edition, found: { id: own, loop, start: await this.#startOf(decoded, at), days: null } };
    }
    throw new LoopGone();
  }

  async #startOf({ trailhead }: LoopId, at: { lon: number; lat: number }): Promise<LoopStart> {
    if (trailhead === null) return unnamedStart(at);
    try {
      return trailheadStart((await this.trailheads.byId(trailhead)).trailhead, null);
    } catch (error) {
      // The walk is still there though its parking is gone.
      if (error instanceof UnknownTrailhead) return unnamedStart(at, trailhead);
      throw error;
    }
  }

  /** Plans from every origin, as many at once as there are threads, and ranks what was found. */
  async #planAll({ edition, origins }: Origins, request: LoopRequest, signal: AbortSignal): Promise<Planned> {
    const found: RankedLoop[] = [];
    const misses: OriginMiss[] = [];
    let truncated = false;
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const left = origins.values();
    const radius = tileRadiusMeters(request.lengthMeters);
    const planSome = async (): Promise<void> => {
      for (const origin of left) {
        const { start } = origin;
        const [lonE7, latE7] = [Math.round(start.at.lon * 1e7), Math.round(start.at.lat * 1e7)];
        const tiles = await this.tiles.around(edition.id, lonE7, latE7, radius);
        const plan = await orBusy(this.planner.plan({ edition: edition.id, tiles, start, request }, either));
        truncated ||= plan.truncated;
        for (const loop of plan.loops) found.push({ loop, origin });
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
    found.sort((a, b) => order(a) - order(b));
    misses.sort((a, b) => order(a) - order(b));
    return { ranked: rankLoops(found, request.count), misses, truncated };
  }

  async #answer({ edition, origins, searched }: Origins, wish: Wish, planned: Planned): Promise<Answer> {
    const { ranked, misses, truncated } = planned;
    const { loops, missing } = await this.#cutIntoDays(edition, wish, ranked);
    const whyNothing = (): Nothing => {
      if (missing !== null) return nothingToSleepIn(missing, ranked);
      if (origins.length > 0) return nearestMiss(misses, wish.lengthMeters);
      return nowhereToStart(searched.by === 'drive' && searched.reachable > 0);
    };
    return { edition, wish, searched, loops, nothing: loops.length > 0 ? null : whyNothing(), truncated };
  }

  /** The best loops that can be cut into days, or just the best where one day is wished; and why one could not be cut. */
  async #cutIntoDays(
    edition: Edition,
    wish: Wish,
    ranked: RankedLoop[],
  ): Promise<{ loops: FoundLoop[]; missing: string | null }> {
    const tried = ranked.map(({ loop }) => loop);
    const stays = wish.days && tried.length > 0 ? await this.staysAround(edition.id, tried) : [];
    const loops: FoundLoop[] = [];
    let missing: string | null = null;
    for (const { loop, origin } of ranked) {
      if (loops.length === wish.count) break;
      const cut = wish.days && daysOf(loop, stays, wish.days);
      if (cut && 'missing' in cut) missing ??= cut.missing;
      else {
        const id = encodeLoopId(loop, wish, origin.told.id);
        loops.push({ id, loop, start: origin.told, days: cut?.days ?? null });
      }
    }
    return { loops, missing };
  }
}

async function orBusy<T>(planned: Promise<T>): Promise<T> {
  try {
    return await planned;
  } catch (error) {
    throw error instanceof QueueFull ? new PlannersBusy() : error;
  }
}
