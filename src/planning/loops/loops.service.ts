import type { Edition } from '../database/editions.js';
import type { Stay } from '../network/region.js';
import type { TileStore } from '../network/tile-store.js';
import { resting, turn } from '../network/turns.js';
import { decodeLoopId, encodeLoopId, type LoopId } from '../planner/loop-id.js';
import type { Loop, LoopRequest, Plan } from '../planner/loop-request.js';
import type { Asker, Question } from '../planner/threads/fair-queue.js';
import { type PlannerPool, QueueFull, tileRadiusMeters } from '../planner/threads/planner-pool.js';
import { QUESTION_BUDGET } from '../planner/weights.js';
import type { Wish } from '../wish/wish.js';
import {
  type Answer,
  type FoundLoop,
  type LoopStart,
  type Nothing,
  type Searched,
  trailheadStart,
  unnamedStart,
} from './answer.js';
import { daysOf } from './days/overnights.js';
import { LoopGone, PlannersBusy, UnknownTrailhead } from './errors.js';
import { MOST_STARTS, type Origin, type OriginFinder, type Origins } from './origins.js';
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
  /** Fewer than there are where the budget was reached. */
  plannedFrom: Origin[];
}

/** From a wish to loops, and from an id to its loop. */
export class LoopsService {
  constructor(
    private readonly regions: Regions,
    private readonly tiles: TileStore,
    private readonly trailheads: TrailheadsService,
    private readonly origins: Pick<OriginFinder, 'find'>,
    private readonly planner: Pick<PlannerPool, 'ask' | 'plan' | 'rebuild'>,
    /** Plans of one wish that run at once. */
    private readonly threads: number,
    private readonly staysAround: (edition: number, loops: Loop[]) => Promise<Stay[]>,
  ) {}

  /**
   * @throws what `OriginFinder.find` throws; PlannersBusy when more is asked than can be planned in time; StaleEdition
   * @throws the signal's reason once it aborts
   */
  async find(wish: Wish, signal: AbortSignal, asker: Asker): Promise<Answer> {
    const { start, days, ...walk } = wish;
    const request: LoopRequest = { ...walk, count: days ? COUNT_FOR_DAYS : wish.count };
    const plans = start.by === 'drive' ? MOST_STARTS : 1;
    const answer = async (question: Question): Promise<Answer> => {
      await turn();
      const origins = await this.origins.find(wish);
      await turn();
      signal.throwIfAborted();
      return this.#answer(origins, wish, await this.#planAll(origins, request, signal, question));
    };
    return orBusy(this.planner.ask(asker, request, plans, answer));
  }

  /** @throws MalformedLoopId; LoopGone when no region holds that loop any more; otherwise as `find` */
  async byId(id: string, signal: AbortSignal, asker: Asker): Promise<{ edition: Edition; found: FoundLoop }> {
    const decoded = decodeLoopId(id);
    const { startLonE7, startLatE7, request } = decoded;
    const at = { lon: startLonE7 / 1e7, lat: startLatE7 / 1e7 };
    return orBusy(
      this.planner.ask(asker, request, 1, async (question) => {
        // A region that was removed took its loops along: then there is none here.
        for (const edition of editionsHolding(await this.regions.current(), at)) {
          const radius = tileRadiusMeters(Math.max(decoded.lengthMeters, request.lengthMeters));
          const tiles = await this.tiles.around(edition.id, startLonE7, startLatE7, radius);
          const loop = await this.planner.rebuild({ edition: edition.id, tiles, id }, signal, question);
          if (!loop) continue;
          // An id of an older form is answered with the one that the loop has now.
          const own = encodeLoopId(loop, request, decoded.trailhead);
          return { edition, found: { id: own, loop, start: await this.#startOf(decoded, at), days: null } };
        }
        throw new LoopGone();
      }),
    );
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

  /**
   * Plans from every origin, as many at once as there are threads, until the work of the question as a whole is done, and
   * ranks what was found. The budget is counted in the order of the origins, whichever thread is first: what was planned
   * beyond it is not used, so that the answer is the same on every machine.
   */
  async #planAll(
    { edition, origins }: Origins,
    request: LoopRequest,
    signal: AbortSignal,
    question: Question,
  ): Promise<Planned> {
    const plans = new Map<Origin, Plan>();
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const left = origins.values();
    const radius = tileRadiusMeters(request.lengthMeters);
    const planSome = async (): Promise<void> => {
      for (const origin of left) {
        if (withinBudget(origins, plans).isSpent) return;
        const { start } = origin;
        const [lonE7, latE7] = [Math.round(start.at.lon * 1e7), Math.round(start.at.lat * 1e7)];
        const tiles = await this.tiles.around(edition.id, lonE7, latE7, radius);
        const task = { edition: edition.id, tiles, start, request };
        plans.set(origin, await this.planner.plan(task, either, question));
      }
    };
    try {
      await Promise.all(Array.from({ length: this.threads }, planSome));
    } catch (error) {
      failed.abort(error);
      throw error;
    }
    const { planned } = withinBudget(origins, plans);
    const found = planned.flatMap(({ plan, origin }) => plan.loops.map((loop) => ({ loop, origin })));
    return {
      ranked: await rankLoops(found, request.count),
      misses: planned.flatMap(({ plan: { miss }, origin }) => (miss ? [{ miss, origin }] : [])),
      truncated: planned.some(({ plan }) => plan.truncated),
      plannedFrom: planned.map(({ origin }) => origin),
    };
  }

  async #answer({ edition, origins, searched }: Origins, wish: Wish, planned: Planned): Promise<Answer> {
    const { ranked, misses, truncated, plannedFrom } = planned;
    const told: Searched =
      searched.by === 'drive'
        ? { ...searched, plannedFrom: plannedFrom.flatMap(({ told: { id } }) => id ?? []) }
        : searched;
    const budgetReached = plannedFrom.length < origins.length;
    const { loops, missing } = await this.#cutIntoDays(edition, wish, ranked);
    const whyNothing = (): Nothing => {
      if (missing !== null) return nothingToSleepIn(missing, ranked);
      if (origins.length > 0) return nearestMiss(misses, wish.lengthMeters);
      return nowhereToStart(searched.by === 'drive' && searched.reachable > 0);
    };
    const nothing = loops.length > 0 ? null : whyNothing();
    return { edition, wish, searched: told, loops, nothing, truncated, budgetReached };
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
    const rest = resting();
    for (const { loop, origin } of ranked) {
      if (loops.length === wish.count) break;
      await rest(loop.coordinates.length / 3);
      const cut = wish.days && (await daysOf(loop, stays, wish.days));
      if (cut && 'missing' in cut) missing ??= cut.missing;
      else {
        const id = encodeLoopId(loop, wish, origin.told.id);
        loops.push({ id, loop, start: origin.told, days: cut?.days ?? null });
      }
    }
    return { loops, missing };
  }
}

/** The plans of the first origins that may be used: of each whose forerunners together have left some of the budget. */
function withinBudget(origins: Origin[], plans: Map<Origin, Plan>) {
  const planned: { origin: Origin; plan: Plan }[] = [];
  let settled = 0;
  for (const origin of origins) {
    const plan = plans.get(origin);
    if (!plan || settled >= QUESTION_BUDGET) break;
    planned.push({ origin, plan });
    settled += plan.settledNodes;
  }
  return { planned, isSpent: settled >= QUESTION_BUDGET };
}

async function orBusy<T>(answered: Promise<T>): Promise<T> {
  try {
    return await answered;
  } catch (error) {
    throw error instanceof QueueFull ? new PlannersBusy(error.retryAfterSeconds) : error;
  }
}
