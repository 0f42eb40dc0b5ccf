import { expect, test } from '@jest/globals';
import type { Database } from './database/connect.js';
import { StaleEdition } from './database/stale-edition.js';
import type { Answer } from './loops/answer.js';
import type { LoopsService } from './loops/loops.service.js';
import type { Regions } from './loops/regions.js';
import type { TrailheadsService } from './loops/trailheads.service.js';
import type { MapStore } from './map/map-store.js';
import { NOBODY } from './planner/threads/fair-queue.js';
import { Planning } from './planning.js';
import { readWish } from './wish/read-wish.js';

test('an import under way makes a question begin again, from the place on', async () => {
  const answer = { truncated: false } as Answer;
  let searches = 0;
  let forgotten = 0;
  const loops = {
    find: async () => {
      if (++searches === 1) throw new StaleEdition(1);
      return answer;
    },
  } as unknown as LoopsService;
  const regions = { forget: () => forgotten++ } as unknown as Regions;
  const planning = new Planning({} as Database, regions, {} as TrailheadsService, loops, {} as MapStore);
  const signalOf = () => new AbortController().signal;
  expect(await planning.loops(readWish({ near: '0,0', length: '10km' }), signalOf, NOBODY)).toBe(answer);
  expect([searches, forgotten]).toEqual([2, 1]);
});
