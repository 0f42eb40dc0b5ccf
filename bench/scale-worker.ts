// One worker's part of a request, from a place to ranked loops, on a database of any size:
// `node scale-worker.js DATABASE_URL PLACES` writes one line of JSON (ScaleFigures).
import 'reflect-metadata';
import { connect } from '../src/planning/database/connect.js';
import type { LoopsService } from '../src/planning/loops/loops.service.js';
import { NOBODY } from '../src/planning/planner/threads/fair-queue.js';
import { PlannerPool } from '../src/planning/planner/threads/planner-pool.js';
import { readWish } from '../src/planning/wish/read-wish.js';
import { randomFrom } from './regions.js';
import { forever, servicesOver } from './services.js';
import { quantile } from './tables.js';

interface QueryFigures {
  p50Ms: number;
  p95Ms: number;
  tilesPerQuery: number;
}

export interface ScaleFigures {
  /** Every query by itself, nothing remembered. */
  empty: QueryFigures;
  /** One query after another, on what the caches still hold. */
  kept: QueryFigures;
  residentBytes: number;
}

const THREADS = 1;
const WARM_UP = 20;

const [url, count] = process.argv.slice(2);
let tiles = 0;
const db = connect({ url, poolMax: 5, statementTimeoutMs: 8_000, connectTimeoutMs: 3_000 }).withPlugin({
  transformQuery: ({ node }) => node,
  async transformResult({ result }) {
    for (const row of result.rows) if (row.body) tiles++;
    return result;
  },
});
const planner = new PlannerPool({ threads: THREADS, queueMax: 100 });
await planner.warm();
const service = (): LoopsService => servicesOver(db, planner, THREADS).loops;

const settled = await db
  .selectFrom('place')
  .select(['lat_e7', 'lon_e7'])
  .where('kind', 'in', ['town', 'village', 'hamlet'])
  .orderBy('id')
  .execute();

async function measure(next: () => LoopsService): Promise<QueryFigures> {
  const random = randomFrom(5);
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + Number(count); i++) {
    const { lat_e7, lon_e7 } = settled[Math.floor(random() * settled.length)];
    if (i === WARM_UP) tiles = 0;
    const loops = next();
    const begun = performance.now();
    await loops.find(
      readWish({ near: `${lat_e7 / 1e7},${lon_e7 / 1e7}`, drive: '30min', length: '15km' }),
      forever,
      NOBODY,
    );
    if (i >= WARM_UP) times.push(performance.now() - begun);
  }
  return { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), tilesPerQuery: tiles / Number(count) };
}

const one = service();
const kept = await measure(() => one);
const residentBytes = process.memoryUsage().rss;
const figures: ScaleFigures = { empty: await measure(service), kept, residentBytes };
process.stdout.write(`${JSON.stringify(figures)}\n`);
await planner.close();
await db.destroy();
