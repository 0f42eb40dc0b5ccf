import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/planning/database/connect.js';
import { publishRegion } from '../src/planning/database/editions.js';
import { migrate } from '../src/planning/database/migrate.js';
import { regionRows } from '../src/planning/import/region-rows.js';
import { locationOf, type Region } from '../src/planning/network/region.js';
import { NOBODY } from '../src/planning/planner/threads/fair-queue.js';
import { PlannerPool } from '../src/planning/planner/threads/planner-pool.js';
import { readDriveWish, readWish } from '../src/planning/wish/read-wish.js';
import { benchRegions, randomFrom } from './regions.js';
import { forever, servicesOver } from './services.js';
import { quantile, table } from './tables.js';

const THREADS = 2;
const PLACES = 100;

const milliseconds = (values: number[]): string[] => [0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(1));

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const begun = performance.now();
  const value = await work();
  return { ms: performance.now() - begun, value };
}

/** What a request does behind HTTP, part by part, from places drawn by seed; SQLite on a local disk. */
async function measure(title: string, region: Region, count: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-bench-'));
  const db = connect({
    url: `sqlite:${join(folder, 'db')}`,
    poolMax: 1,
    statementTimeoutMs: 8000,
    connectTimeoutMs: 3000,
  });
  const planner = new PlannerPool({ threads: THREADS, queueMax: 100 });
  try {
    await migrate(db);
    await publishRegion(db, regionRows(region));
    await planner.warm();
    const random = randomFrom(11);
    const settled = region.places.filter(({ kind }) => ['city', 'town', 'village', 'hamlet'].includes(kind));
    const drawn = Array.from({ length: count }, () => settled[Math.floor(random() * settled.length)]!);
    const parts = () => servicesOver(db, planner, THREADS);
    const warm = parts();
    const rows: string[][] = [];
    const row = async (what: string, ask: (with_: typeof warm, place: (typeof drawn)[number]) => Promise<number>) => {
      for (const cold of [true, false]) {
        const results = [];
        for (const place of drawn) results.push(await timed(() => ask(cold ? parts() : warm, place)));
        const found = results.map(({ value }) => value);
        const median = quantile(found, 0.5);
        rows.push([what, cold ? 'empty' : 'filled', ...milliseconds(results.map(({ ms }) => ms)), String(median)]);
      }
    };
    for (const minutes of [15, 30, 60]) {
      await row(`trailheads within ${minutes} min`, async ({ trailheads }, place) => {
        const { lat, lon } = locationOf(place);
        const wish = readDriveWish({ near: `${lat},${lon}`, drive: `${minutes}min` });
        return (await trailheads.around(wish)).trailheads.length;
      });
    }
    for (const km of [8, 15, 30]) {
      await row(`loops of ${km} km within 45 min`, async ({ loops }, place) => {
        const wish = readWish({ near: place.name, drive: '45min', length: `${km}km` });
        return (await loops.find(wish, forever, NOBODY)).loops.length;
      });
    }
    const head = ['question', 'caches', 'p50 ms', 'p95 ms', 'worst ms', 'found, median'];
    return `### ${title}\n\n${table(head, rows)}`;
  } finally {
    await planner.close();
    await db.destroy();
    rmSync(folder, { recursive: true });
  }
}

/** Reachable trailheads and whole queries, from the place's name to ranked loops: `npm run bench -- query`. */
export async function queryBench({ quick, only }: { quick: boolean; only: string | undefined }): Promise<string> {
  const sections: string[] = [];
  for (const { title, region } of await benchRegions(only)) {
    sections.push(await measure(title, region, quick ? 5 : PLACES));
  }
  const places = `${PLACES} settlements drawn by seed, each question from each, one after another; ${THREADS} planner threads.`;
  return [places, ...sections].join('\n\n');
}
