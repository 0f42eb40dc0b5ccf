import type { Place, Stay } from '../../network/region.js';
import { carAccess, footAccess, mayDrive, mayWalk } from './access.js';
import { NO_PARKING, NOT_THERE } from './rules.js';
import { condition, type Tags } from './tags.js';

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

const NO_PLACE_FOR_CARS = [...NO_PARKING, ...NOT_THERE].map(({ when }) => condition(when));

function parkingOf(tags: Tags): Feature['parking'] {
  if (tags.amenity !== 'parking' || !mayDrive(carAccess(tags))) return null;
  if (NO_PLACE_FOR_CARS.some((holds) => holds(tags))) return null;
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
  return { name, otherNames: [...others], kind, population: populationOf(tags.population) };
}

/** How many people: a number, with or without spaces, commas or dots between its thousands. */
function populationOf(value: string | undefined): number | null {
  const [digits] = /^\d{1,3}(?:[\s\u00a0\u202f.,'’]\d{3})+(?!\d)|^\d+/u.exec(value?.trim() ?? '') ?? [];
  if (digits === undefined) return null;
  const population = Number(digits.replace(/\D/g, ''));
  return population < 2 ** 31 ? population : null;
}

function stayOf(tags: Tags): Feature['stay'] {
  const name = tags.name ?? null;
  // Who sleeps there is a customer.
  if (tags.access !== 'customers' && !mayWalk(footAccess(tags, ['access']))) return null;
  const { tourism } = tags;
  if (tourism === 'alpine_hut' || tourism === 'wilderness_hut' || tourism === 'camp_site')
    return { name, kind: tourism };
  if (tags.amenity === 'shelter' && NIGHT_SHELTERS.has(tags.shelter_type ?? '')) return { name, kind: 'shelter' };
  return null;
}
