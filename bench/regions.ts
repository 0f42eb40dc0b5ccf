import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { elevationFolder } from '../src/planning/import/elevation-folder.js';
import { makeRegion } from '../src/planning/import/make-region.js';
import { readExtract } from '../src/planning/import/osm/read-extract.js';
import { surveyOf } from '../src/planning/import/osm/survey-extract.js';
import { sampleRegion } from '../src/planning/import/sample/sample-region.js';
import { type Area, assembleArea } from '../src/planning/network/area.js';
import { toShared } from '../src/planning/network/columns.js';
import { prepareRegion } from '../src/planning/network/prepare.js';
import type { Region } from '../src/planning/network/region.js';
import { openTile } from '../src/planning/network/tile.js';
import { type TrailheadPreparation } from '../src/planning/network/trailhead-survey.js';

export interface BenchRegion {
  title: string;
  region: Region;
  area: Area;
  preparation: Map<string, TrailheadPreparation>;
  prepareMs: number;
  /** Junctions that are trailheads, each once, in an order drawn by seed. */
  starts: number[];
}

function andorra(folder: string): Region {
  const file = openSync(join(folder, 'andorra-2025.osm.pbf'), 'r');
  try {
    const survey = surveyOf(readExtract(file, () => {}));
    const about = { name: 'Andorra', synthetic: false, dataDate: '2025-01-19', source: '', attribution: '' };
    return makeRegion(about, survey, elevationFolder(folder).at);
  } finally {
    closeSync(file);
  }
}

/** A generator of numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The regions to measure on: the synthetic sample always, the Andorra extract where LOOPWRIGHT_DATA names its folder. */
export async function benchRegions(only: string | undefined): Promise<BenchRegion[]> {
  const folder = process.env.LOOPWRIGHT_DATA;
  const regions: [string, Region][] = [['synthetic sample', sampleRegion()]];
  if (folder) regions.unshift(['Andorra extract of 2025-01-19', andorra(folder)]);
  else console.error('LOOPWRIGHT_DATA is not set: the synthetic sample alone');
  return regions
    .filter(([title]) => only === undefined || title.toLowerCase().includes(only))
    .map(([title, region]) => {
      const begun = performance.now();
      const { tiles, trailheads } = prepareRegion(region);
      const prepareMs = performance.now() - begun;
      const starts = [...new Set(region.trailheads.map(({ junction }) => junction))];
      const random = randomFrom(7);
      for (let i = starts.length - 1; i > 0; i--) {
        const k = Math.floor(random() * (i + 1));
        [starts[i], starts[k]] = [starts[k], starts[i]];
      }
      const area = assembleArea(tiles.map(({ body }) => openTile(toShared(body))));
      return { title, region, area, preparation: trailheads, prepareMs, starts };
    });
}
