import { fstatSync } from 'node:fs';
import type { Database } from '../database/connect.js';
import type { Region } from '../network/region.js';
import { type Elevation, elevationFolder } from './elevation-folder.js';
import type { ExtractJob, Listener } from './job.js';
import { makeRegion } from './make-region.js';
import { boxOf } from './map/cutter/world.js';
import { drawInThreads, mostSquares } from './map/draw-in-threads.js';
import type { MapSource } from './map/draw-square.js';
import type { MapCollection } from './map/osm/map-collection.js';
import { mapFeatures } from './map/osm/map-features.js';
import { leftOutLine } from './osm/left-out.js';
import { readExtract } from './osm/read-extract.js';
import { surveyOf } from './osm/survey-extract.js';
import { storeRegion } from './store-region.js';

/** A function of its own, so that the extract is forgotten while the region is prepared. */
function regionOf(
  { name, source, withMap }: ExtractJob,
  fd: number,
  elevation: Elevation | null,
  listener: Listener,
): { region: Region; map: MapSource | null; leftOut: string | null } {
  listener.next();
  const extract = readExtract(fd, (part) => listener.advance(part), withMap);
  listener.next();
  const survey = surveyOf(extract);
  listener.advance(0.4);
  const { dataDate } = extract;
  const about = { name, synthetic: false, dataDate, source, attribution: '© OpenStreetMap contributors, ODbL 1.0' };
  const region = makeRegion(about, survey, elevation?.at ?? null);
  const map = extract.map && mapSource(extract.map, region, elevation);
  return { region, map, leftOut: leftOutLine(extract.leftOut) };
}

function mapSource(collection: MapCollection, region: Region, elevation: Elevation | null): MapSource {
  return {
    features: mapFeatures(collection, new Set(region.trailheads.map(({ id }) => id))),
    rasters: elevation?.within(region.bounds) ?? [],
    box: boxOf(region.bounds),
  };
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
  const elevation = job.elevation === undefined ? null : elevationFolder(job.elevation);
  const fd = await file;
  const { region, map, leftOut } = regionOf(job, fd, elevation, listener);
  const tiles = map ? await drawInThreads(map, mostSquares(fstatSync(fd).size), listener) : [];
  await storeRegion(db, region, tiles, listener, job.force);
  return leftOut;
}
