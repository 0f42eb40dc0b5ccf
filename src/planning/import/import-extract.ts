import type { Database } from '../database/connect.js';
import type { Region } from '../network/region.js';
import { elevationFolder } from './elevation-folder.js';
import type { ExtractJob, Listener } from './job.js';
import { makeRegion } from './make-region.js';
import { leftOutLine } from './osm/left-out.js';
import { readExtract } from './osm/read-extract.js';
import { surveyOf } from './osm/survey-extract.js';
import { storeRegion } from './store-region.js';
import type { ElevationAt } from './survey.js';

/** A function of its own, so that the extract is forgotten while the region is prepared. */
function regionOf(
  { name, source }: ExtractJob,
  fd: number,
  elevationAt: ElevationAt | null,
  listener: Listener,
): [Region, string | null] {
  listener.next();
  const extract = readExtract(fd, (part) => listener.advance(part));
  listener.next();
  const survey = surveyOf(extract);
  listener.advance(0.4);
  const { dataDate } = extract;
  const about = { name, synthetic: false, dataDate, source, attribution: '© OpenStreetMap contributors, ODbL 1.0' };
  return [makeRegion(about, survey, elevationAt), leftOutLine(extract.leftOut)];
}

/**
 * Imports an OpenStreetMap extract as a region, in place of the one of that name.
 * @param file gives the number of the open file, once there is one
 * @returns one line about what of the extract was left out; null when nothing was
 * @throws Error in one line when the file, the elevation or the database is not as it must be; the database is then as
 *   it was
 */
export async function importExtract(
  db: Database,
  job: ExtractJob,
  file: Promise<number>,
  listener: Listener,
): Promise<string | null> {
  // First what is soon done and may be wrong.
  const elevationAt = job.elevation === undefined ? null : elevationFolder(job.elevation);
  const [region, leftOut] = regionOf(job, await file, elevationAt, listener);
  await storeRegion(db, region, listener, job.force);
  return leftOut;
}
