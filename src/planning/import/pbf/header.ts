import { BadExtract } from './bad-extract.js';
import { Cursor } from './cursor.js';

const REQUIRED_FEATURE = 4;
const REPLICATION_TIMESTAMP = 32;

/** `LocationsOnWays` is most often told as optional; who tells it as required means the same. */
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'LocationsOnWays']);

/** The first data of OpenStreetMap is of 2005. */
const FIRST_MS = Date.UTC(2005, 0, 1);
const DAY_MS = 86_400_000;

/** Whether data can be of that instant, with a day for clocks that go wrong. */
export const isPossibleTime = (ms: number, nowMs: number): boolean => ms >= FIRST_MS && ms <= nowMs + DAY_MS;

/**
 * What a header block says.
 * @returns when the data was true, milliseconds since 1970, NaN when it says so in a number that is no time; null when it
 *   does not say
 * @throws BadExtract when reading the file rightly needs something that this program does not know
 */
export function readHeader(block: Uint8Array): { replicatedAtMs: number | null } {
  const cursor = new Cursor(block);
  let replicatedAtMs: number | null = null;
  while (cursor.next()) {
    if (cursor.field === REQUIRED_FEATURE) {
      const { start, end } = cursor.span();
      const feature = Buffer.from(block.subarray(start, end)).toString('utf8');
      if (feature === 'HistoricalInformation') {
        throw new BadExtract('the file holds the history of its elements; only files of one moment can be imported');
      }
      if (!KNOWN_FEATURES.has(feature)) {
        throw new BadExtract(`the file needs a reader for ${JSON.stringify(feature.slice(0, 100))}`);
      }
    } else if (cursor.field === REPLICATION_TIMESTAMP) replicatedAtMs = timeOf(cursor);
    else cursor.skip();
  }
  return { replicatedAtMs };
}

function timeOf(cursor: Cursor): number {
  // Any 64 bits may stand here, and those that are no time are no reason to refuse a file.
  const seconds = cursor.varint();
  return isPossibleTime(seconds * 1_000, Date.now()) ? seconds * 1_000 : Number.NaN;
}
