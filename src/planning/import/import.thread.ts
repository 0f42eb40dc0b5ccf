import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { readConfig } from '../../config.js';
import { connect, type Database } from '../database/connect.js';
import { everyEdition } from '../database/editions.js';
import { failureLine } from '../database/failure-line.js';
import { importExtract } from './import-extract.js';
import type { Job, Listener, Report } from './job.js';
import { drawInThreads, mostSquares } from './map/draw-in-threads.js';
import { regionLine } from './region-table.js';
import { storeRegion } from './store-region.js';

/**
 * The thread in which a region is made and written. It never looks up from its work, so that whoever started it does:
 * the program hears its signals at any moment, and ends with the transaction left open, which is as if it had never been.
 */
const job = workerData as Job;
const port = parentPort!;
const tell = (report: Report): void => port.postMessage(report);

/** Thousands of messages would be a cost. */
const SMALLEST_STEP = 0.01;
let told = 0;

const listener: Listener = {
  next() {
    told = 0;
    tell({ tells: 'next' });
  },
  advance(part) {
    if (part - told < SMALLEST_STEP) return;
    told = part;
    tell({ tells: 'advance', part });
  },
  async tooLate() {
    const granted = once(port, 'message');
    tell({ tells: 'tooLate' });
    await granted;
  },
};

async function makeSample(db: Database, withMap: boolean): Promise<string> {
  const { SAMPLE_NAME, sampleCountry, sampleRegion } = await import('./sample/sample-region.js');
  const { sampleMap } = await import('./sample/sample-map.js');
  listener.next();
  const country = sampleCountry();
  const region = sampleRegion(country);
  const tiles = withMap ? await drawInThreads(sampleMap(country, region), mostSquares(0), listener) : [];
  await storeRegion(db, region, tiles, listener, true);
  return SAMPLE_NAME;
}

async function make(db: Database): Promise<void> {
  const file = once(port, 'message').then(([fd]) => fd as number);
  const leftOut = job.kind === 'extract' ? await importExtract(db, job, file, listener) : null;
  const name = job.kind === 'extract' ? job.name : await makeSample(db, job.withMap);
  const edition = (await everyEdition(db)).find(({ region }) => region === name);
  tell({ tells: 'done', outcome: { region: edition ? regionLine(edition) : name, leftOut } });
}

let db: Database | null = null;
try {
  db = connect({ ...readConfig().database, poolMax: 1 });
  await make(db);
} catch (error) {
  tell({ tells: 'failure', line: failureLine(error) });
} finally {
  await db?.destroy();
  port.close();
}
