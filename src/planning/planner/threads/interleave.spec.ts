import { existsSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { drawGrid } from '../../network/build-network.js';
import { toShared } from '../../network/columns.js';
import { prepareRegion } from '../../network/prepare.js';
import type { TileBody } from '../../network/tile-store.js';
import { type LoopRequest, plainRequest } from '../loop-request.js';
import { PlannerPool } from './planner-pool.js';

// Threads run outside Jest, so they need the build (`npm test` makes it first).
const filename = new URL('../../../../dist/planning/planner/threads/planner.thread.js', import.meta.url);

const forever = new AbortController().signal;
const asker = (client: string) => ({ client, deadlineMs: Number.POSITIVE_INFINITY });

let tiles: TileBody[];
let pool: PlannerPool;

beforeAll(() => {
  if (!existsSync(filename)) throw new Error('the planner thread is not built: npm run build');
  tiles = prepareRegion({ network: drawGrid(40, 40, 220), trailheads: [] }).tiles.map((tile) => ({
    ...tile,
    body: toShared(tile.body),
  }));
});
afterEach(() => pool.close());

const task = (request: LoopRequest, junction = 820) => ({
  edition: 1,
  tiles,
  start: { junction, at: { lon: 1.5, lat: 42.5 } },
  request,
});
const dear = () => task(plainRequest(25_000, { count: 10, minAscentMeters: 1_900 }));
const cheap = (seed: number) => task(plainRequest(6_000, { seed }), 800 + seed);

const open = (queueMax = 16): PlannerPool => {
  pool = new PlannerPool({ threads: 1, queueMax, filename: filename.href, fuseMs: 60_000 });
  return pool;
};

test('a dear plan gives way to others’ cheap ones, and neither’s answer changes by it', async () => {
  open();
  await pool.warm();
  const alone = [
    await pool.plan(dear(), forever),
    ...(await Promise.all([1, 2, 3].map((i) => pool.plan(cheap(i), forever)))),
  ];
  const ended: string[] = [];
  const told = async <T>(name: string, plan: Promise<T>): Promise<T> => {
    const made = await plan;
    ended.push(name);
    return made;
  };
  const first = told('dear', pool.plan(dear(), forever, asker('one')));
  const others = [1, 2, 3].map((i) => told('cheap', pool.plan(cheap(i), forever, asker(`other ${i}`))));
  expect(await Promise.all([first, ...others])).toEqual(alone);
  expect(ended).toEqual(['cheap', 'cheap', 'cheap', 'dear']);
  expect(pool.load).toEqual({ running: 0, waiting: 0 });
});

test('a plan that gave way is cancelled all the same, and so is one on top of it', async () => {
  open();
  await pool.warm();
  const gone = new AbortController();
  const under = pool.plan(dear(), gone.signal, asker('one'));
  const over = pool.plan(cheap(1), gone.signal, asker('two'));
  gone.abort(new Error('gone'));
  await expect(under).rejects.toThrow('gone');
  await expect(over).rejects.toThrow('gone');
  await expect(pool.plan(cheap(2), forever)).resolves.toMatchObject({ miss: null });
  expect(pool.load).toEqual({ running: 0, waiting: 0 });
});

test('one that fails on top of another fails alone', async () => {
  open();
  await pool.warm();
  const under = pool.plan(dear(), forever, asker('one'));
  await expect(pool.plan(task(plainRequest(6_000), 99_999), forever, asker('two'))).rejects.toThrow('99999');
  await expect(under).resolves.toMatchObject({ truncated: false });
});
