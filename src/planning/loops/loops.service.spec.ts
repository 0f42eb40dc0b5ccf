import { describe, expect, test } from '@jest/globals';
import { requestContext } from '../../runtime/door.js';
import type { Edition } from '../database/editions.js';
import { StaleEdition } from '../database/stale-edition.js';
import type { ReachableTrailhead } from '../driving/reachable.js';
import type { TileStore } from '../network/tile-store.js';
import type { Loop, Plan } from './loop-request.js';
import { LoopsService } from './loops.service.js';
import { type PlannerPool, type PlanTask, QueueFull } from './planner-pool.js';
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

type Planner = Pick<PlannerPool, 'plan' | 'rebuild'>;

function serviceWith(plan: Planner['plan'], around: () => void = () => {}): LoopsService {
  const tiles = { around: async () => [] } as unknown as TileStore;
  const trailheads = {
    around: async () => {
      around();
      const drive = { limitMeters: null, limitSeconds: 60, byDefault: true };
      return { edition, place: {}, roadMeters: 0, drive, trailheads: reachable };
    },
  } as unknown as TrailheadsService;
  const planner: Planner = { plan, rebuild: async () => null };
  return new LoopsService({ forget: () => {} } as Regions, tiles, trailheads, planner, 2, async () => []);
}

const query = { near: { at: { lat: 0, lon: 0 }, name: null }, length: 10_000 } as const;

describe('planning from many trailheads', () => {
  test('ranks the loops of all of them, whichever thread is done first', async () => {
    const order: number[] = [];
    const slow = serviceWith(async (task) => {
      // The first planned from is the last to answer.
      for (let i = task.start.junction; i < 12; i++) await Promise.resolve();
      order.push(task.start.junction);
      return planOf([loopAt(task, 0)]);
    });
    const { features } = await slow.find(query);
    const fast = await serviceWith(async (task) => planOf([loopAt(task, 0)])).find(query);
    expect(features).toHaveLength(3);
    expect(features.map(({ id }) => id)).toEqual(fast.features.map(({ id }) => id));
    expect(features[0]!.properties.trailhead.id).toBe('s0');
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
    await service.find(query);
    expect(most).toBe(2);
  });

  test('says so when one of the plans was cut short', async () => {
    const service = serviceWith(async (task) => planOf([loopAt(task)], { truncated: task.start.junction === 0 }));
    expect((await service.find(query)).truncated).toBe(true);
  });

  test('tells the miss that came nearest when nothing was found', async () => {
    const service = serviceWith(async ({ start: { junction } }) => {
      const nearest = [{ lengthMeters: 9_000 - 100 * junction, ascentMeters: null }];
      return planOf([], { miss: { reason: 'too-small', detail: `from ${junction}`, nearest } });
    });
    const found = await service.find(query);
    expect(found.features).toEqual([]);
    expect(found.why).toEqual({ reason: 'too-small', detail: 'from 0' });
    expect(found.nearest[0]).toEqual({ lengthMeters: 9_000, ascentMeters: null, trailhead: 's0' });
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
    const context = { requestId: 'r', signal: gone.signal, deadlineMs: 0 };
    const asked = requestContext.run(context, () => service.find(query));
    await new Promise(setImmediate);
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
    await expect(service.find(query)).rejects.toThrow('a mistake');
    expect(ended).toHaveLength(1);
  });

  test('planners with too much to do are a 503 that says when to come again', async () => {
    const service = serviceWith(async () => {
      throw new QueueFull('full');
    });
    await expect(service.find(query)).rejects.toMatchObject({
      type: { slug: 'overloaded' },
      headers: { 'Retry-After': '1' },
    });
  });

  test('an import under way makes it begin again, from the place on', async () => {
    let searches = 0;
    const service = serviceWith(
      async (task) => {
        if (searches === 1) throw new StaleEdition(1);
        return planOf([loopAt(task)]);
      },
      () => searches++,
    );
    expect((await service.find(query)).features).toHaveLength(3);
    expect(searches).toBe(2);
  });
});
