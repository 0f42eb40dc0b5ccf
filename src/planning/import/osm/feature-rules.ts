import type { Place, Stay } from '../../network/region.js';
import { access, type Tags } from './tags.js';

/** What an element is to a walker, its place and id apart. One element can be several things. */
export interface Feature {
  parking: { name: string | null } | null;
  place: Pick<Place, 'name' | 'otherNames' | 'kind' | 'population'> | null;
  stay: Pick<Stay, 'name' | 'kind'> | null;
}

const SETTLEMENTS: Record<string, Place['kind']> = {
  city: 'city',
  town: 'town',
  village: 'village',
  hamlet: 'hamlet',
  isolated_dwelling: 'hamlet',
  suburb: 'suburb',
  quarter: 'suburb',
  neighbourhood: 'suburb',
  locality: 'locality',
};

const OTHER_NAMES = ['alt_name', 'official_name', 'int_name', 'loc_name', 'short_name', 'old_name'];
const LANGUAGE = /^name:[a-z]{2,3}(-[A-Za-z-]+)?$/;

/** Shelters that a night can be spent in; the others are for picnics and buses. */
const NIGHT_SHELTERS = new Set(['basic_hut', 'lean_to', 'rock_shelter']);

/** @returns null when the element is nothing of what is looked for */
export function featureOf(tags: Tags): Feature | null {
  const feature = { parking: parkingOf(tags), place: placeOf(tags), stay: stayOf(tags) };
  return feature.parking || feature.place || feature.stay ? feature : null;
}

function parkingOf(tags: Tags): Feature['parking'] {
  if (tags.amenity !== 'parking' || access(tags, ['motorcar', 'motor_vehicle', 'access']) === false) return null;
  return { name: tags.name ?? null };
}

function kindOf(tags: Tags): Place['kind'] | null {
  const settlement = SETTLEMENTS[tags.place ?? ''];
  if (settlement) return settlement;
  if (tags.natural === 'peak' || tags.natural === 'volcano') return 'peak';
  if (tags.natural === 'saddle' || tags.mountain_pass === 'yes') return 'saddle';
  if (tags.tourism === 'alpine_hut' || tags.tourism === 'wilderness_hut') return 'hut';
  if (tags.natural === 'water' && tags.water !== 'river' && tags.water !== 'stream') return 'lake';
  return null;
}

function placeOf(tags: Tags): Feature['place'] {
  const { name } = tags;
  const kind = name === undefined ? null : kindOf(tags);
  if (name === undefined || kind === null) return null;
  const others = new Set<string>();
  for (const [key, value] of Object.entries(tags)) {
    if (value === undefined || !(OTHER_NAMES.includes(key) || LANGUAGE.test(key))) continue;
    for (const part of value.split(';')) if (part.trim() !== '' && part.trim() !== name) others.add(part.trim());
  }
  const population = Number.parseInt(tags.population ?? '', 10);
  const known = Number.isSafeInteger(population) && population >= 0 && population < 2 ** 31;
  return { name, otherNames: [...others], kind, population: known ? population : null };
}

function stayOf(tags: Tags): Feature['stay'] {
  const name = tags.name ?? null;
  if (access(tags, ['access']) === false) return null;
  const { tourism } = tags;
  if (tourism === 'alpine_hut' || tourism === 'wilderness_hut' || tourism === 'camp_site')
    return { name, kind: tourism };
  if (tags.amenity === 'shelter' && NIGHT_SHELTERS.has(tags.shelter_type ?? '')) return { name, kind: 'shelter' };
  return null;
}
