import { sql } from 'kysely';
import type { Database } from '../database/connect.js';
import { foldName } from '../database/fold-name.js';
import { commonKeyOf, commonSpelling, skeletonOf, wholeKeyOf } from '../database/name-keys.js';
import { mustBeCurrent } from '../database/stale-edition.js';
import { PLACE_KINDS } from '../network/region.js';
import { editDistance } from './edit-distance.js';

/** A place that answers to a typed name. */
export interface FoundPlace {
  edition: number;
  id: string;
  name: string;
  kind: (typeof PLACE_KINDS)[number];
  lonE7: number;
  latE7: number;
  population: number | null;
  /** How it answers: the whole name, the beginning of a name, the beginning of a word in it. */
  match: 'name' | 'beginning' | 'word';
}

const MATCHES = ['name', 'beginning', 'word'] as const;

/** Names with one beginning that are looked at: enough to rank well, little enough for every request. */
const MOST_ROWS = 400;
const MOST_MISSPELLINGS = 1_000;

/** After every text that begins with a folded name, in the order of code points. */
const afterAll = (beginning: string): string => `${beginning}\u{10ffff}`;

interface Row {
  edition: number;
  id: string;
  name: string;
  kind: string;
  lonE7: number;
  latE7: number;
  population: number | null;
  folded: string;
}

/** One range of the index by name, in the editions that are current. */
async function rowsBetween(db: Database, editions: number[], from: string, to: string, limit: number): Promise<Row[]> {
  return (
    db
      .selectFrom('place_name')
      .innerJoin('place', (join) =>
        join.onRef('place.edition', '=', 'place_name.edition').onRef('place.id', '=', 'place_name.place'),
      )
      .select([
        'place.edition',
        'place.id',
        'place.name',
        'place.kind',
        'place.lon_e7 as lonE7',
        'place.lat_e7 as latE7',
        'place.population',
        'place_name.folded',
      ])
      .where('place_name.folded', '>=', from)
      .where('place_name.folded', '<', to)
      // The plus keeps the engines from going by edition, which would read all names of a region for a few.
      .where(sql<number>`+place_name.edition`, 'in', editions)
      .orderBy('place_name.folded')
      .limit(limit)
      .execute()
  );
}

/** Where people live comes before what they look at. */
const LAST_SETTLEMENT = PLACE_KINDS.indexOf('suburb');

/** How early a place comes among those that answer: whole names, settlements, then how well it answers, kind, size. */
function compare(a: FoundPlace, b: FoundPlace): number {
  const isWhole = ({ match }: FoundPlace) => Number(match === 'name');
  const kindOf = ({ kind }: FoundPlace) => PLACE_KINDS.indexOf(kind);
  const isSettled = (place: FoundPlace) => Number(kindOf(place) <= LAST_SETTLEMENT);
  return (
    isWhole(b) - isWhole(a) ||
    isSettled(b) - isSettled(a) ||
    MATCHES.indexOf(a.match) - MATCHES.indexOf(b.match) ||
    kindOf(a) - kindOf(b) ||
    (b.population ?? 0) - (a.population ?? 0) ||
    a.name.length - b.name.length ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)
  );
}

/**
 * What may be meant by a typed name, the likeliest first: the name itself; what stands before a comma, for what follows
 * says where that is; and the rest when words with digits are gone, such as a postcode.
 */
function readings(typed: string): string[] {
  const place = typed.split(',')[0]!;
  const wordsOf = (text: string): string => text.replace(/\S*\d\S*/g, ' ');
  return [...new Set([typed, place, wordsOf(typed), wordsOf(place)].map(foldName))].filter((folded) => folded !== '');
}

/**
 * The places whose name, or a word in it, begins with what was typed: best first, by how they match, kind and population.
 * Where there is none, those of another spelling, and those that the name means without where it is.
 * @param editions ids of the current editions
 * @throws StaleEdition
 */
export async function searchPlaces(
  db: Database,
  editions: number[],
  typed: string,
  count: number,
): Promise<FoundPlace[]> {
  if (editions.length === 0) return [];
  let found: FoundPlace[] = [];
  for (const folded of readings(typed)) {
    found = ranked(await rowsOf(db, editions, folded), folded);
    if (found.length === 0) found = ranked(await rowsSpeltOtherwise(db, editions, folded), folded);
    if (found.length > 0) break;
  }
  // Names of a region that is being imported anew are not unknown: they are to be looked up again.
  await mustBeCurrent(db, ...editions);
  return found.slice(0, count);
}

/** Whole names apart: behind many longer names with the same beginning they must not fall off the end. */
async function rowsOf(db: Database, editions: number[], folded: string): Promise<Row[]> {
  const whole = wholeKeyOf(folded);
  return [
    ...(await rowsBetween(db, editions, whole, `${whole}\u0001`, MOST_ROWS)),
    ...(await rowsBetween(db, editions, folded, `${folded}\u0001`, MOST_ROWS)),
    ...(await rowsBetween(db, editions, folded, afterAll(folded), MOST_ROWS)),
  ];
}

/** The same for another spelling of saints and umlauts, on whichever side it is. */
async function rowsSpeltOtherwise(db: Database, editions: number[], folded: string): Promise<Row[]> {
  const [spelling, key] = [commonSpelling(folded), commonKeyOf(folded)];
  const rows = await rowsBetween(db, editions, key, afterAll(key), MOST_ROWS);
  return spelling === folded ? rows : [...rows, ...(await rowsOf(db, editions, spelling))];
}

/** The places of some rows, best first. */
function ranked(rows: Row[], folded: string): FoundPlace[] {
  const whole = wholeKeyOf(folded);
  const best = new Map<string, FoundPlace>();
  for (const { folded: key, ...row } of rows) {
    const own = foldName(row.name);
    const common = commonSpelling(own);
    const spelling = commonSpelling(folded);
    const isWhole = key === whole || common === spelling || (key === folded && !own.endsWith(` ${folded}`));
    const match = isWhole ? 'name' : own.startsWith(folded) || common.startsWith(spelling) ? 'beginning' : 'word';
    const place: FoundPlace = { ...row, kind: row.kind as FoundPlace['kind'], match };
    const name = `${row.edition} ${row.id}`;
    const known = best.get(name);
    if (!known || MATCHES.indexOf(match) < MATCHES.indexOf(known.match)) best.set(name, place);
  }
  return [...best.values()].sort(compare);
}

/** Whether the first of a ranked list is what everybody means by the name. */
export function isClearlyBest([first, second]: FoundPlace[]): boolean {
  if (!first || !second) return first !== undefined;
  if (first.match !== second.match) return true;
  const kinds = PLACE_KINDS.indexOf(second.kind) - PLACE_KINDS.indexOf(first.kind);
  return first.match === 'name' && (kinds > 1 || (first.population ?? 0) > 3 * Math.max(second.population ?? 0, 100));
}

/**
 * Names that may have been meant by one that nothing answers to, nearest first: those that sound alike (the same
 * skeleton, or one that begins alike) and those that begin alike.
 */
export async function suggestNames(db: Database, editions: number[], typed: string, count: number): Promise<string[]> {
  const folded = foldName(typed).slice(0, 60);
  if (folded === '' || editions.length === 0) return [];
  const skeleton = skeletonOf(folded);
  const beginnings = [skeleton.slice(0, Math.max(3, skeleton.length - 1)), folded.slice(0, 2)];
  const rows: Row[] = [];
  for (const beginning of beginnings) {
    if (beginning.length > 1)
      rows.push(...(await rowsBetween(db, editions, beginning, afterAll(beginning), MOST_MISSPELLINGS)));
  }
  const nearest = new Map<string, { name: string; distance: number; kind: number }>();
  for (const row of rows) {
    const own = foldName(row.name);
    const spellings = row.folded.startsWith('~') ? [own] : [own, row.folded];
    const distance = Math.min(...spellings.map((spelling) => editDistance(folded, spelling)));
    const known = nearest.get(row.name);
    if (!known || distance < known.distance) {
      nearest.set(row.name, { name: row.name, distance, kind: PLACE_KINDS.indexOf(row.kind as FoundPlace['kind']) });
    }
  }
  const tolerance = Math.max(2, Math.floor(folded.length / 3));
  return [...nearest.values()]
    .filter(({ distance }) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance || a.kind - b.kind || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
