import { LRUCache } from 'lru-cache';
import { type Area, assembleArea } from '../../network/area.js';
import { openTile } from '../../network/tile.js';
import type { TileBody } from '../../network/tile-store.js';
import type { Loop, Plan } from '../loop-request.js';
import { planLoops } from '../plan.js';
import { rebuildLoop } from '../rebuild.js';
import { type StopFlag, throwIfCancelled } from '../stop.js';
import type { ThreadTask } from './planner-pool.js';
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

/** What a planner thread does with each task. */
export default function run(task: ThreadTask): Plan | Loop | null {
  switch (task.kind) {
    case 'plan':
      return planLoops(areaOf(task), task.start.junction, task.request, task.stop);
    case 'rebuild':
      return rebuildLoop(areaOf(task), task.id);
    case 'warm':
      warmUp();
      return null;
    case 'check':
      return null;
  }
}
