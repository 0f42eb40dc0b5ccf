import { receiveMessageOnPort } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { type Area, assembleArea } from '../../network/area.js';
import { openTile } from '../../network/tile.js';
import type { TileBody } from '../../network/tile-store.js';
import { MalformedLoopId } from '../loop-id.js';
import type { Loop, Plan } from '../loop-request.js';
import { planLoops } from '../plan.js';
import { rebuildLoop } from '../rebuild.js';
import { giveWayBy, type StopFlag, throwIfCancelled } from '../stop.js';
import { BEGUN, type GivenTask, type ThreadTask, type TopTask } from './tasks.js';
import { warmUp } from './warm-up.js';

/** Networks put together lately, by edition and tiles: requests near each other share one. */
const areas = new LRUCache<string, Area>({ max: 16 });

function areaOf({ edition, tiles, stop }: { edition: number; tiles: TileBody[]; stop: StopFlag }): Area {
  const key = `${edition}:${tiles.map(({ x, y }) => `${x},${y}`).join(' ')}`;
  const known = areas.get(key);
  if (known) return known;
  const breathe = (): void => throwIfCancelled(stop);
  const opened = tiles.map(({ body }) => {
    breathe();
    return openTile(body);
  });
  const area = assembleArea(opened, breathe);
  areas.set(key, area);
  return area;
}

function make(task: ThreadTask): Plan | Loop | null | 'malformed' {
  switch (task.kind) {
    case 'plan':
      return planLoops(areaOf(task), task.start.junction, task.request, task.stop);
    case 'rebuild':
      try {
        return rebuildLoop(areaOf(task), task.id, task.stop);
      } catch (error) {
        // The kind of an error does not survive the way out of the thread.
        if (error instanceof MalformedLoopId) return 'malformed';
        throw error;
      }
    case 'warm':
      warmUp();
      return null;
    case 'check':
      return null;
  }
}

/** What a planner thread does with each task; and, while it is at work, with those that come by its port. */
export default function run({ others, ...task }: TopTask): ReturnType<typeof make> {
  const makeOthers = (): void => {
    for (;;) {
      const given = others && receiveMessageOnPort(others);
      if (!given) return;
      const { number, ...other } = given.message as GivenTask;
      Atomics.store(other.stop, BEGUN, 1);
      giveWayBy(other.stop, makeOthers);
      try {
        others.postMessage({ number, made: make(other) });
      } catch (error) {
        others.postMessage({ number, error });
      }
    }
  };
  if (others) giveWayBy(task.stop, makeOthers);
  return make(task);
}
