import { existsSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { drawGrid } from '../../network/build-network.js';
import { toShared } from '../../network/columns.js';
import { prepareRegion } from '../../network/prepare.js';
import type { TileBody } from '../../network/tile-store.js';
import { encodeLoopId } from '../loop-id.js';
import { plainRequest } from '../loop-request.js';
import { NOBODY } from './fair-queue.js';
import { PlannerPool, type PlanTask, QueueFull } from './planner-pool.js';

// Threads run outside Jest, so they need the build (`npm test` makes it first).
const filename = new URL('../../../../dist/planning/planner/threads/planner.thread.js', import.meta.url);

const request = plainRequest(9_000);
const forever = new AbortController().signal;

let tiles: TileBody[];
let pool: PlannerPool;

const open = (options: Partial<ConstructorParameters<typeof PlannerPool>[0]> = {}): PlannerPool => {
  pool = new PlannerPool({ threads: 1, queueMax: 1, filename: filename.href, ...options });
  return pool;
};
/** Plans for a question of its own. */
const plan = (planned: PlanTask, signal: AbortSignal) =>
  pool.ask(NOBODY, planned.request, 1, (question) => pool.plan(planned, signal, question));
const task = (lengthMeters = 9_000) => ({
  edition: 1,
  tiles,
  start: { junction: 820, at: { lon: 1.5, lat: 42.5 } },
  request: { ...request, lengthMeters },
});
/** Takes a second or so: ten loops that differ, of a length at which every round is needed. */
const slow = () => ({
  ...task(25_000),
  request: { ...request, lengthMeters: 25_000, count: 10, minAscentMeters: 1_900 },
});

beforeAll(() => {
  if (!existsSync(filename)) throw new Error('the planner thread is not built: npm run build');
  tiles = prepareRegion({ network: drawGrid(40, 40, 220), trailheads: [] }).tiles.map((tile) => ({
    ...tile,
    body: toShared(tile.body),
  }));
});
afterEach(() => pool.close());

test('plans and rebuilds in a thread', async () => {
  open();
  await pool.warm();
  await pool.check();
  const { loops } = await plan(task(), forever);
  expect(loops).toHaveLength(3);
  const id = encodeLoopId(loops[0], request, null);
  const rebuilt = pool.ask(NOBODY, request, 1, (question) =>
    pool.rebuild({ edition: 1, tiles, id }, forever, question),
  );
  expect(await rebuilt).toEqual(loops[0]);
});

test('refuses more questions than may wait, and takes them again once there is room', async () => {
  open();
  const one = plan(task(), forever);
  const two = plan(task(), forever);
  await expect(plan(task(), forever)).rejects.toBeInstanceOf(QueueFull);
  await Promise.all([one, two]);
  await expect(plan(task(), forever)).resolves.toMatchObject({ miss: null });
});

test('a plan that waits leaves the queue when its request is given up', async () => {
  open();
  const first = plan(slow(), forever);
  const gone = new AbortController();
  const second = plan(task(), gone.signal);
  gone.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  expect(pool.load).toEqual({ running: 1, waiting: 0 });
  await first;
});

test('a plan at work stops when its request is given up, and its thread goes on to the next', async () => {
  open();
  await pool.warm();
  const gone = new AbortController();
  const stopped = plan(slow(), gone.signal);
  await new Promise((resolve) => setImmediate(resolve));
  gone.abort(new Error('gone'));
  await expect(stopped).rejects.toThrow('gone');
  await expect(plan(task(), forever)).resolves.toMatchObject({ truncated: false });
  expect(pool.load).toEqual({ running: 0, waiting: 0 });
});

test('a plan that is given up before it begins does not begin', async () => {
  open();
  await expect(plan(task(), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  expect(pool.load).toEqual({ running: 0, waiting: 0 });
});

test('when the fuse blows, the answer is what has been found, and says so', async () => {
  open({ fuseMs: 0 });
  expect(await plan(slow(), forever)).toMatchObject({ truncated: true });
});

test('a task that fails in the thread fails alone', async () => {
  open();
  await expect(plan({ ...task(), start: { junction: 99_999, at: { lon: 0, lat: 0 } } }, forever)).rejects.toThrow(
    'junction 99999 is not in the area',
  );
  await expect(plan(task(), forever)).resolves.toMatchObject({ miss: null });
});
