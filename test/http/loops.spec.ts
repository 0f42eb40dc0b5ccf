import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { z } from 'zod';
import { loopAnswer, loopsAnswer } from '../../src/planning/api/docs/answers.js';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { PlannerPool } from '../../src/planning/planner/threads/planner-pool.js';
import { type RunningApp, startApp } from './support/start-app.js';
import { decimals, lineOf, metersAlong } from './support/walk.js';

type Loops = z.output<typeof loopsAnswer>;

const region = sampleRegion();
const village = region.places.find(({ kind }) => kind === 'village')!;
const near = `near=${encodeURIComponent(village.name)}`;
const place = `${village.latE7 / 1e7},${village.lonE7 / 1e7}`;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const get = (path: string) => request(running.url).get(path);
const loops = async (query: string): Promise<Loops> => {
  const { body } = await get(`/v1/loops?${query}`).expect(200);
  return loopsAnswer.parse(body);
};

describe('loops from a place', () => {
  test.each([5, 10, 15, 30])(
    'of %d km are closed, as long as their line, and near the length asked for',
    async (km) => {
      const { features } = await loops(`${near}&drive=45min&length=${km}km`);
      expect(features).toHaveLength(3);
      for (const { geometry, properties, bbox } of features) {
        const line = lineOf(geometry);
        expect(line.at(-1)).toEqual(line[0]);
        expect(Math.abs(metersAlong(line) - properties.lengthMeters)).toBeLessThan(0.001 * properties.lengthMeters + 1);
        expect(Math.abs(properties.lengthMeters - km * 1000)).toBeLessThan(0.1 * km * 1000);
        expect(properties.ascentMeters).toBeGreaterThan(0);
        for (const position of line) {
          expect(position).toHaveLength(3);
          for (const value of position) expect(decimals(value)).toBeLessThanOrEqual(6);
          expect(position[0]).toBeGreaterThanOrEqual(bbox[0]!);
          expect(position[1]).toBeLessThanOrEqual(bbox[4]!);
        }
      }
    },
  );

  test('say what was searched: the place taken, the drive by default, the trailheads, the data', async () => {
    const answer = await loops(`${near}&length=15km`);
    expect(answer).toMatchObject({
      search: {
        wish: { lengthMeters: 15_000, count: 3, seed: 0, maxDifficulty: null },
        place: { name: village.name, kind: 'village' },
        drive: { limitSeconds: 1800, byDefault: true },
      },
      region: region.name,
      synthetic: true,
      attribution: region.attribution,
      truncated: false,
    });
    const { reachable, plannedFrom } = answer.search.trailheads!;
    expect(plannedFrom.length).toBeGreaterThan(1);
    expect(reachable).toBeGreaterThanOrEqual(plannedFrom.length);
    for (const { properties } of answer.features) {
      expect(plannedFrom).toContain(properties.trailhead.id);
      expect(properties.trailhead.driveSeconds).toBeLessThanOrEqual(1800);
    }
  });

  test('given by its coordinates, or by its name in other capitals, are the same', async () => {
    const byName = await loops(`near=${encodeURIComponent(village.name.toUpperCase())}&length=10km`);
    const byPlace = await loops(`near=${place}&length=10km`);
    expect(byPlace.features.map(({ id }) => id)).toEqual(byName.features.map(({ id }) => id));
  });

  test('asked for again are the same, and others with another seed', async () => {
    const [first, again, other] = await Promise.all(
      ['seed=0', 'seed=0', 'seed=7'].map((seed) => loops(`${near}&length=12km&${seed}`)),
    );
    expect(again).toEqual(first);
    expect(other!.features.map(({ id }) => id)).not.toEqual(first!.features.map(({ id }) => id));
  });

  test('obey the count, the difficulty and the drive', async () => {
    const one = await loops(`${near}&length=8km&count=1`);
    expect(one.features).toHaveLength(1);
    const easy = await loops(`${near}&length=8km&maxDifficulty=T2`);
    for (const { properties } of easy.features) expect(['T1', 'T2', null]).toContain(properties.difficulty);
    const short = await loops(`${near}&length=8km&drive=3km`);
    expect(short.search.drive).toMatchObject({ limitMeters: 3000, byDefault: false });
    for (const { properties } of short.features) expect(properties.trailhead.driveMeters).toBeLessThanOrEqual(3000);
  });

  test('asked for in a direction lie there, seen from their start', async () => {
    const ways = { N: [0, 1], E: [1, 0], S: [0, -1], W: [-1, 0] } as const;
    for (const [direction, [east, north]] of Object.entries(ways)) {
      const { features, search } = await loops(`${near}&drive=45min&length=10km&count=1&direction=${direction}`);
      expect(search.wish.directionDegrees).toBe(['N', 'E', 'S', 'W'].indexOf(direction) * 90);
      const line = lineOf(features[0]!.geometry);
      const [lon, lat] = line[0] as [number, number];
      const mean = (axis: 0 | 1) => line.reduce((sum, position) => sum + position[axis]!, 0) / line.length;
      const toEast = (mean(0) - lon) * Math.cos((lat * Math.PI) / 180);
      const toNorth = mean(1) - lat;
      // Within 90 degrees of the direction: half the compass, where chance would fail one time in two.
      expect(toEast * east + toNorth * north).toBeGreaterThan(0);
    }
  });

  test('may be as long as a request can ask, in a region many times smaller than that', async () => {
    const { features } = await loops(`${near}&length=200km`);
    expect(features.length).toBeGreaterThan(0);
    expect(Math.abs(features[0]!.properties.lengthMeters - 200_000)).toBeLessThan(1_000);
  });

  test('that do not exist give an empty answer with the reason, not an error', async () => {
    const answer = await loops(`trailhead=${region.trailheads.at(-1)!.id}&length=0.5km`);
    expect(answer.features).toEqual([]);
    expect(answer.why).toMatchObject({ reason: 'not-found', detail: expect.stringContaining('longer than 0.5 km') });
    expect(answer.nearest).toBeDefined();
    const nowhere = await loops(`${near}&length=150km&drive=0min`);
    expect(nowhere.why?.reason).toBe('no-trailhead');
  });
});

describe('loops of several days', () => {
  test('end each day at a place to sleep, within the span, and go on from there', async () => {
    const { features, search, why } = await loops(`${near}&drive=1h&days=3&perDay=9-18km`);
    expect(why).toBeUndefined();
    expect(search.wish).toMatchObject({ lengthMeters: 40_500, days: 3, perDayMeters: [9000, 18_000] });
    for (const { properties } of features) {
      const days = properties.days!;
      expect(days).toHaveLength(3);
      expect(days[0]!.fromMeters).toBe(0);
      expect(days.at(-1)!.sleepAt).toBeNull();
      expect(Math.abs(days.at(-1)!.toMeters - properties.lengthMeters)).toBeLessThan(1);
      for (const [i, day] of days.entries()) {
        expect(day.lengthMeters).toBeGreaterThanOrEqual(9000);
        expect(day.lengthMeters).toBeLessThanOrEqual(18_000);
        const off = (day.sleepAt?.offMeters ?? 0) + (days[i - 1]?.sleepAt?.offMeters ?? 0);
        expect(Math.abs(day.toMeters - day.fromMeters + off - day.lengthMeters)).toBeLessThan(2);
        if (i > 0) expect(day.fromMeters).toBe(days[i - 1]!.toMeters);
        if (day.sleepAt) expect(region.stays.map(({ id }) => id)).toContain(day.sleepAt.id);
      }
    }
  });

  test.each(['drive=5min&days=2&perDay=2-2.1km', 'drive=1h&days=9&perDay=4.9-5km'])(
    'say where a place to sleep is missing when none comes at the right time: %s',
    async (query) => {
      const { features, why, nearest } = await loops(`${near}&${query}`);
      expect(features).toEqual([]);
      expect(why).toMatchObject({ reason: 'no-stay', detail: expect.stringContaining('place to sleep') });
      expect(nearest!.length).toBeGreaterThan(0);
    },
  );

  test('say that no trailhead is within the drive, rather than that a place to sleep is missing', async () => {
    const { features, why } = await loops(`${near}&drive=0min&days=2&perDay=5-6km`);
    expect(features).toEqual([]);
    expect(why?.reason).toBe('no-trailhead');
  });
});

describe('loops from a start of one’s own', () => {
  test('at a trailhead begin there', async () => {
    const { features } = await loops(`trailhead=${region.trailheads[0]!.id}&length=10km`);
    expect(features.length).toBeGreaterThan(0);
    for (const { properties } of features) {
      expect(properties.trailhead).toMatchObject({ id: region.trailheads[0]!.id, driveMeters: null });
    }
  });

  test('at coordinates begin at the junction nearest to them', async () => {
    const { features, search } = await loops(`start=${place}&length=10km`);
    expect(features.length).toBeGreaterThan(0);
    for (const { geometry, properties } of features) {
      expect(properties.trailhead.id).toBeNull();
      expect(lineOf(geometry)[0]!.slice(0, 2)).toEqual([search.junction!.lon, search.junction!.lat]);
    }
  });
});

describe('a loop by its id', () => {
  test('is the very loop that was found', async () => {
    for (const query of [`${near}&length=15km`, `start=${place}&length=9mi`, `${near}&length=40km&count=1`]) {
      const { features } = await loops(query);
      for (const found of features) {
        expect(found.id.length).toBeLessThanOrEqual(400);
        const { body, headers } = await get(found.properties.links.self).expect(200);
        const again = loopAnswer.parse(body);
        expect(headers['content-type']).toContain('application/geo+json');
        const { driveMeters, driveSeconds, ...trailhead } = found.properties.trailhead;
        expect(again).toMatchObject({ ...found, properties: { ...found.properties, trailhead } });
        expect(again.properties.trailhead.driveMeters).toBeNull();
      }
    }
  });

  test('that is no id at all is a bad request', async () => {
    for (const id of ['abc', 'A', '%C3%A9', 'a'.repeat(3000), '-', 'AQ', '..%C2%A7..']) {
      const { body } = await get(`/v1/loops/${id}`).expect(400);
      expect(body).toMatchObject({ type: '/problems/invalid-parameter', errors: [{ parameter: 'id' }] });
    }
  });

  test('whose ways are gone with the data is gone, and says so', async () => {
    const other = await startApp();
    try {
      const { body } = await request(other.url).get(`/v1/loops?${near}&length=15km`);
      const { self, gpx } = body.features[0].properties.links;
      await other.db.deleteFrom('region').execute();
      await other.db.deleteFrom('edition').execute();
      // A worker knows of it within a moment.
      let gone = await request(other.url).get(self);
      while (gone.status === 200) gone = await request(other.url).get(self);
      expect(gone).toMatchObject({ status: 410, body: { type: '/problems/loop-gone' } });
      await request(other.url).get(gpx).expect(410);
    } finally {
      await other.stop();
    }
  });
});

describe('caching', () => {
  test('an answer that the clock cut short says so and is not kept', async () => {
    const pool = running.app.get(PlannerPool);
    const plan = pool.plan.bind(pool);
    pool.plan = async (...task) => ({ ...(await plan(...task)), truncated: true });
    try {
      for (const path of ['/v1/loops', '/v1/loops.gpx']) {
        await get(`${path}?${near}&length=9km`).expect(200).expect('Cache-Control', 'no-store');
      }
      expect((await loops(`${near}&length=9km`)).truncated).toBe(true);
    } finally {
      pool.plan = plan;
    }
  });

  test('an answer may be kept for a while, and is not sent again to who has it', async () => {
    const path = `/v1/loops?${near}&length=10km`;
    const { headers } = await get(path).expect(200);
    expect(headers['cache-control']).toMatch(/^public, max-age=\d+/);
    expect(headers['content-type']).toMatch(/^application\/geo\+json/);
    await get(path).set('If-None-Match', headers.etag!).expect(304);
    const head = await request(running.url).head(path).expect(200);
    expect(head.headers.etag).toBe(headers.etag);
  });
});
