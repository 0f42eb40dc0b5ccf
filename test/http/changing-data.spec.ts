import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { publishRegion } from '../../src/planning/database/editions.js';
import { regionRows } from '../../src/planning/import/region-rows.js';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { type RunningApp, startApp } from './support/start-app.js';

const region = sampleRegion();
const village = region.places.find(({ kind }) => kind === 'village')!;
const question = `/v1/loops?near=${encodeURIComponent(village.name)}&length=10km&count=1`;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp([region]);
});
afterAll(() => running.stop());

/** The rows of an import, made beforehand: an import is a process of its own and never holds a worker's loop. */
const [newer, newest] = ['2026-02-02', '2026-03-03'].map((date) => regionRows({ ...region, dataDate: date }));

const ask = (path: string) => request(running.url).get(path);

/** Asks until the answer is from the data of that date, as long as a test may take. */
async function dataDate(wanted: string): Promise<string> {
  for (;;) {
    const { body } = await ask(question);
    if (body.dataDate === wanted) return body.dataDate;
  }
}

test('while a region is imported again and again, every request is answered, in the end from the newest data', async () => {
  let importing = true;
  const statuses: number[] = [];
  const asking = (async () => {
    for (let seed = 0; importing; seed++) {
      const { status } = await ask(`${question}&seed=${seed}`);
      statuses.push(status);
    }
  })();
  for (let i = 0; i < 4; i++) await publishRegion(running.db, newer!);
  importing = false;
  await asking;
  expect(statuses.length).toBeGreaterThan(0);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await dataDate('2026-02-02')).toBe('2026-02-02');
});

test('a loop survives an import that leaves its ways as they are', async () => {
  const { body } = await ask(question);
  const [found] = body.features;
  await publishRegion(running.db, newest!);
  expect(await dataDate('2026-03-03')).toBe('2026-03-03');
  const again = await ask(found.properties.links.self);
  expect(again.body.dataDate).toBe('2026-03-03');
  expect(again.body.geometry).toEqual(found.geometry);
});
