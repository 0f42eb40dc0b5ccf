import { describe, expect, test } from '@jest/globals';
import type { Edition } from '../database/editions.js';
import type { ReachableTrailhead } from '../driving/reachable.js';
import type { TileStore } from '../network/tile-store.js';
import type { Loop, Plan } from '../planner/loop-request.js';
import { NOBODY, Question } from '../planner/threads/fair-queue.js';
import { type PlannerPool, type PlanTask, QueueFull } from '../planner/threads/planner-pool.js';
import { readWish } from '../wish/read-wish.js';
import { PlannersBusy } from './errors.js';
import { LoopsService } from './loops.service.js';
import { OriginFinder } from './origins.js';
import type { Regions } from './regions.js';
import type { TrailheadsService } from './trailheads.service.js';

const edition = { id: 1, region: 'Nowhere', hasElevation: true } as Edition;

/** Trailheads in a row to the east, a kilometre or so apart. */
const reachable = Array.from(
  { length: 12 },
  (_, i): ReachableTrailhead => ({
    trailhead: {
      id: `s${i}`,
      name: null,
      lonE7: i * 100_000,
      latE7: 0,
      junction: i,
      junctionLonE7: i * 100_000,
      junctionLatE7: 0,
      accessMeters: 0,
      preparation: { island: false, reachableMeters: 1e6, approachMeters: 0, nearbyMeters: 1e5, nearbyTrailShare: 1 },
    },
    drive: { meters: i, seconds: i },
  }),
);

/** A loop around the junction that was planned from; a lower number is better. */
function loopAt({ start: { junction } }: PlanTask, score = junction): Loop {
  const [lon, far] = [junction / 100, junction / 100 + 0.005];
  return {
    startJunction: junction,
    steps: new Uint32Array(),
    exits: [],
    coordinates: Float64Array.of(lon, 0, 1, far, 0, 2, far, 0.005, 3, lon, 0, 1),
    lengthMeters: 10_000,
    ascentMeters: 10,
    descentMeters: 10,
    durationSeconds: 9000,
    ascentAtLeastMeters: 0,
    descentAtLeastMeters: 0,
    unknownHeightMeters: 0,
    ungradedMeters: 0,
    followed: null,
    overlapMeters: 0,
    approachMeters: 0,
    trailShare: 1,
    difficulty: 1,
    names: [],
    warnings: [],
    score,
  };
}

const planOf = (loops: Loop[], more: Partial<Plan> = {}): Plan => ({
  loops,
  miss: null,
  truncated: false,
  settledNodes: 1,
  ...more,
});

type Planner = Pick<PlannerPool, 'ask' | 'plan' | 'rebuild'>;

function serviceWith(plan: Planner['plan']): LoopsService {
  const regions = {} as Regions;
  const tiles = { around: async () => [] } as unknown as TileStore;
  const trailheads = {
    around: async () => ({ edition, taken: {}, trailheads: reachable }),
  } as unknown as TrailheadsService;
  const planner: Planner = {
    ask: (asker, _request, _plans, answer) => answer(new Question(asker, 0, 0)),
    plan,
    rebuild: async () => null,
  };
  const origins = new OriginFinder(regions, tiles, trailheads);
  return new LoopsService(regions, tiles, trailheads, origins, planner, 2, async () => []);
}

const wish = readWish({ near: '0,0', length: '10km' });
const forever = new AbortController().signal;

describe('planning from many trailheads', () => {
  test('ranks the loops of all of them, whichever thread is done first', async () => {
    const order: number[] = [];
    const slow = serviceWith(async (task) => {
      // The first planned from is the last to answer.
      for (let i = task.start.junction; i < 12; i++) await Promise.resolve();
      order.push(task.start.junction);
      return planOf([loopAt(task, 0)]);
    });
    const { loops } = await slow.find(wish, forever, NOBODY);
    const fast = await serviceWith(async (task) => planOf([loopAt(task, 0)])).find(wish, forever, NOBODY);
    expect(loops).toHaveLength(3);
    expect(loops.map(({ id }) => id)).toEqual(fast.loops.map(({ id }) => id));
    expect(loops[0]!.start.id).toBe('s0');
    expect(order.length).toBeGreaterThan(3);
  });

  test('runs as many plans at once as there are threads', async () => {
    let running = 0;
    let most = 0;
    const service = serviceWith(async (task) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return planOf([loopAt(task)]);
    });
    await service.find(wish, forever, NOBODY);
    expect(most).toBe(2);
  });

  test('says so when one of the plans was cut short', async () => {
    const service = serviceWith(async (task) => planOf([loopAt(task)], { truncated: task.start.junction === 0 }));
    expect((await service.find(wish, forever, NOBODY)).truncated).toBe(true);
  });

  test('stops where the work of a question is done, counted in the order of the trailheads', async () => {
    const service = serviceWith(async (task) => planOf([loopAt(task)], { settledNodes: 1_900_000 }));
    const { budgetReached, searched, loops } = await service.find(wish, forever, NOBODY);
    expect(budgetReached).toBe(true);
    expect(searched).toMatchObject({ plannedFrom: ['s0', 's5', 's10'] });
    expect(loops.map(({ start }) => start.id)).toEqual(['s0', 's5', 's10']);
  });

  test('tells the miss that came nearest when nothing was found', async () => {
    const service = serviceWith(async ({ start: { junction } }) => {
      const nearest = [{ lengthMeters: 9_000 - 100 * junction, ascentMeters: null }];
      return planOf([], { miss: { reason: 'too-small', detail: `from ${junction}`, nearest } });
    });
    const found = await service.find(wish, forever, NOBODY);
    expect(found.loops).toEqual([]);
    expect(found.nothing).toMatchObject({ reason: 'too-small', detail: 'from 0' });
    expect(found.nothing!.nearest[0]).toEqual({ lengthMeters: 9_000, ascentMeters: null, trailhead: 's0' });
  });
});

describe('when something comes between', () => {
  test('a client that goes away cancels the plans made for it, and no more are begun', async () => {
    const gone = new AbortController();
    let begun = 0;
    const service = serviceWith((_task, signal) => {
      begun++;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const asked = service.find(wish, gone.signal, NOBODY);
    while (begun === 0) await new Promise(setImmediate);
    gone.abort(new Error('the client has gone'));
    await expect(asked).rejects.toThrow('the client has gone');
    expect(begun).toBe(2);
  });

  test('a plan that fails cancels the others', async () => {
    const ended: number[] = [];
    const service = serviceWith(({ start: { junction } }, signal) => {
      if (junction === 0) return Promise.reject(new Error('a mistake'));
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          ended.push(junction);
          reject(signal.reason);
        }),
      );
    });
    await expect(service.find(wish, forever, NOBODY)).rejects.toThrow('a mistake');
    expect(ended).toHaveLength(1);
  });

  test('planners with too much to do are told apart from a mistake', async () => {
    const service = serviceWith(async () => {
      throw new QueueFull(3);
    });
    await expect(service.find(wish, forever, NOBODY)).rejects.toThrow(PlannersBusy);
  });
});
