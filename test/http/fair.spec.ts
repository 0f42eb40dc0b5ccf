import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import request from 'supertest';
import type { z } from 'zod';
import { loopsAnswer } from '../../src/planning/api/docs/answers.js';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { TileStore } from '../../src/planning/network/tile-store.js';
import { PlannerPool, QueueFull } from '../../src/planning/planner/threads/planner-pool.js';
import { QUESTION_BUDGET } from '../../src/planning/planner/weights.js';
import { type RunningApp, startApp } from './support/start-app.js';

const village = sampleRegion().places.find(({ kind }) => kind === 'village')!;
const near = `near=${village.latE7 / 1e7},${village.lonE7 / 1e7}`;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => {
  jest.restoreAllMocks();
});

const get = (path: string) => request(running.url).get(path);
const plan = PlannerPool.prototype.plan;

test('twelve that ask for the same at once have it planned once, and get the same', async () => {
  const planned = jest.spyOn(PlannerPool.prototype, 'plan');
  const one = await get(`/v1/loops?${near}&length=12km&seed=1`).expect(200);
  const plans = planned.mock.calls.length;
  planned.mockClear();
  const all = await Promise.all(
    Array.from({ length: 12 }, async () => (await get(`/v1/loops?${near}&length=12km&seed=2`).expect(200)).text),
  );
  expect(planned.mock.calls.length).toBeLessThanOrEqual(plans + 1);
  expect(new Set(all).size).toBe(1);
  expect(all[0]).not.toBe(one.text);
});

test('what is planned for a client that has left is stopped', async () => {
  const { promise: signal, resolve } = Promise.withResolvers<AbortSignal>();
  jest.spyOn(PlannerPool.prototype, 'plan').mockImplementation(async (_task, its) => {
    resolve(its);
    return await new Promise((_, reject) => its.addEventListener('abort', () => reject(its.reason)));
  });
  const leaving = new AbortController();
  const asked = fetch(`${running.url}/v1/loops?${near}&length=100km`, { signal: leaving.signal });
  const its = await signal;
  expect(its.aborted).toBe(false);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  if (!its.aborted) await new Promise((stopped) => its.addEventListener('abort', stopped));
});

test('an answer says when the work for one question was done before every trailhead was planned from', async () => {
  const answer = async (): Promise<z.output<typeof loopsAnswer>> =>
    loopsAnswer.parse((await get(`/v1/loops?${near}&length=8km&count=10`).expect(200)).body);
  const whole = await answer();
  expect(whole.budgetReached).toBe(false);
  jest.spyOn(PlannerPool.prototype, 'plan').mockImplementation(async function (this: PlannerPool, ...asked) {
    return { ...(await plan.apply(this, asked)), settledNodes: QUESTION_BUDGET };
  });
  const cut = await answer();
  expect(cut.budgetReached).toBe(true);
  expect(cut.search.trailheads!.plannedFrom).toEqual(whole.search.trailheads!.plannedFrom.slice(0, 1));
});

test('a question that cannot be planned in time is refused with when to ask again', async () => {
  jest.spyOn(PlannerPool.prototype, 'ask').mockRejectedValue(new QueueFull(7));
  const { body, headers } = await get(`/v1/loops?${near}&length=8km`).expect(503);
  expect(headers['retry-after']).toBe('7');
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ status: 503, detail: 'All planners are busy.' });
});

describe('planning is shared between clients', () => {
  test.each([
    [undefined, '127.0.0.1'],
    ['203.0.113.7', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, 10.0.0.1', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ])('one that is forwarded for %s by a proxy that is believed is %s', async (forwardedFor, client) => {
    const asked = jest.spyOn(PlannerPool.prototype, 'ask').mockRejectedValue(new QueueFull(1));
    const asking = get(`/v1/loops?${near}&length=8km`);
    await (forwardedFor ? asking.set('X-Forwarded-For', forwardedFor) : asking);
    expect(asked.mock.calls[0]![0].client).toBe(client);
  });
});

describe('an id that was made up', () => {
  /** Seven bits a byte, the lowest first, as ids of the first form write their numbers. */
  const bytesOf = (number: number): number[] =>
    number < 128 ? [number] : [(number % 128) | 128, ...bytesOf(Math.floor(number / 128))];
  /** @param meters asked, and of the loop */
  const idOf = (meters: number, lat: number): string => {
    const [lonE7, latE7] = [1.5e7 + 180e7, Math.round(lat * 1e7) + 90e7];
    const numbers = [1, 0, lonE7, latE7, 10 * meters, 0, 0, 0, meters, 10, 12_345, 1, 2, 3];
    return Buffer.from(numbers.flatMap(bytesOf)).toString('base64url');
  };

  test.each([
    [1_000_000, 42.5],
    [1_000_000, 89.997],
    [300_000, 42.5],
    [2 ** 31, 42.5],
  ])('of %d m at latitude %d is refused before a tile is looked for', async (meters, lat) => {
    const around = jest.spyOn(TileStore.prototype, 'around');
    await get(`/v1/loops/${idOf(meters, lat)}`).expect(400);
    await get(`/v1/loops/${idOf(meters, lat)}.gpx`).expect(400);
    expect(around).not.toHaveBeenCalled();
  });

  test('of what may be asked, where there is nothing, is gone', async () => {
    await get(`/v1/loops/${idOf(200_000, 42.5)}`).expect(410);
  });
});
