import type { Database } from '../database/connect.js';
import type { Region } from '../network/region.js';
import { elevationFolder } from './elevation-folder.js';
import type { Interruption } from './interruptible.js';
import { makeRegion } from './make-region.js';
import { readExtract } from './osm/read-extract.js';
import { surveyOf } from './osm/survey-extract.js';
import type { Progress, Stage } from './progress.js';
import { isUrl, openSource } from './source-file.js';
import { STORE_STAGES, storeRegion } from './store-region.js';

export interface ImportOptions {
  /** A path, or an address to download from. */
  source: string;
  name: string;
  /** Folder with `.hgt` tiles; without it ascents are unknown. */
  elevation: string | undefined;
}

export const importStages = (source: string): Stage[] => [
  ...(isUrl(source) ? [{ name: `downloading ${source}`, share: 60 }] : []),
  { name: 'reading the extract', share: 40 },
  { name: 'building the network', share: 15 },
  ...STORE_STAGES,
];

/** A function of its own, so that the extract is forgotten while the region is prepared. */
async function regionOf(
  { source, name, elevation }: ImportOptions,
  progress: Progress,
  { signal, breathe }: Interruption,
): Promise<Region> {
  // First what is soon done and may be wrong.
  const elevationAt = elevation === undefined ? null : elevationFolder(elevation);
  if (isUrl(source)) progress.next();
  await using file = await openSource(source, signal, (part) => progress.advance(part));
  progress.next();
  const extract = await readExtract(file, (part) => {
    signal.throwIfAborted();
    progress.advance(part);
  });
  progress.next();
  await breathe();
  const survey = surveyOf(extract);
  progress.advance(0.4);
  await breathe();
  const { dataDate } = extract;
  const about = { name, synthetic: false, dataDate, source, attribution: '© OpenStreetMap contributors, ODbL 1.0' };
  return makeRegion(about, survey, elevationAt);
}

/**
 * Imports an OpenStreetMap extract as a region, in place of the one of that name.
 * @throws Error in one line when the file, the elevation or the database is not as it must be; the database is then as
 *   it was
 */
export async function importExtract(
  db: Database,
  options: ImportOptions,
  progress: Progress,
  interruption: Interruption,
): Promise<void> {
  await storeRegion(db, await regionOf(options, progress, interruption), progress, interruption);
}
