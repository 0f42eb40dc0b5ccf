import { existsSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { drawGrid } from '../../network/build-network.js';
import { toShared } from '../../network/columns.js';
import { prepareRegion } from '../../network/prepare.js';
import type { TileBody } from '../../network/tile-store.js';
import { type LoopRequest, plainRequest } from '../loop-request.js';
import { PlannerPool, type PlanTask } from './planner-pool.js';

// Threads run outside Jest, so they need the build (`npm test` makes it first).
const filename = new URL('../../../../dist/planning/planner/threads/planner.thread.js', import.meta.url);

const forever = new AbortController().signal;
/** Plans for a question of a client. */
const plan = (planned: PlanTask, signal: AbortSignal, client: string) =>
  pool.ask({ client, deadlineMs: Number.POSITIVE_INFINITY }, planned.request, 1, (question) =>
    pool.plan(planned, signal, question),
  );
/** When all that was given up has been left. */
async function idle(): Promise<void> {
  while (pool.load.running > 0) await new Promise(setImmediate);
}

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
/** Half a second and more of a thread; the cheap one takes a few milliseconds. */
const dear = () => task(plainRequest(60_000, { count: 10, minAscentMeters: 1_900 }));
const cheap = (seed: number) => task(plainRequest(6_000, { seed }), 800 + seed);

const open = (queueMax = 16): PlannerPool => {
  pool = new PlannerPool({ threads: 1, queueMax, filename: filename.href, fuseMs: 60_000 });
  return pool;
};

test('a dear plan gives way to others’ cheap ones, and neither’s answer changes by it', async () => {
  open();
  await pool.warm();
  const alone = [await plan(dear(), forever, 'one')];
  for (const seed of [1, 2, 3]) alone.push(await plan(cheap(seed), forever, 'one'));
  const ended: string[] = [];
  const told = async <T>(name: string, planned: Promise<T>): Promise<T> => {
    const made = await planned;
    ended.push(name);
    return made;
  };
  const first = told('dear', plan(dear(), forever, 'one'));
  const others = [1, 2, 3].map((seed) => told('cheap', plan(cheap(seed), forever, `other ${seed}`)));
  expect(await Promise.all([first, ...others])).toEqual(alone);
  expect(ended).toEqual(['cheap', 'cheap', 'cheap', 'dear']);
  expect(pool.load).toEqual({ running: 0, waiting: 0 });
});

test('a plan that gave way is cancelled all the same, and so is one on top of it', async () => {
  open();
  await pool.warm();
  await plan(dear(), forever, 'one');
  const gone = new AbortController();
  const under = plan(dear(), gone.signal, 'one');
  const over = plan(cheap(1), gone.signal, 'two');
  gone.abort(new Error('gone'));
  await expect(under).rejects.toThrow('gone');
  await expect(over).rejects.toThrow('gone');
  await expect(plan(cheap(2), forever, 'two')).resolves.toMatchObject({ miss: null });
  await idle();
});

test('one that fails on top of another fails alone', async () => {
  open();
  await pool.warm();
  await plan(dear(), forever, 'one');
  const under = plan(dear(), forever, 'one');
  await expect(plan(task(plainRequest(6_000), 99_999), forever, 'two')).rejects.toThrow('99999');
  await expect(under).resolves.toMatchObject({ truncated: false });
});

test('a plan has its thread for no longer than a slice while a question waits that is less far', async () => {
  open();
  await pool.warm();
  // Nothing is known yet of what they take, so that neither is thought dear.
  const under = plan(dear(), forever, 'one');
  const over = plan(cheap(1), forever, 'two');
  expect(await Promise.race([under.then(() => 'dear'), over.then(() => 'cheap')])).toBe('cheap');
  await under;
});
