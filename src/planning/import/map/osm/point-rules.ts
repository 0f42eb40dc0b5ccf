import type { Tags } from '../../pbf/tags.js';
import type { Properties } from '../cutter/feature-buffer.js';
import type { Drawing } from './drawing.js';

/** Settlements and other names on the land: from which zoom on, and how great they are. */
const PLACES: Record<string, [minZoom: number, rank: number]> = {
  city: [5, 1],
  town: [7, 2],
  village: [10, 3],
  suburb: [11, 4],
  hamlet: [12, 4],
  neighbourhood: [13, 5],
  isolated_dwelling: [13, 5],
  farm: [13, 5],
  locality: [13, 6],
};

/** By key and value: what it is called on the map and the zoom that shows it first. */
const SIGHTS: Record<string, Record<string, [kind: string, minZoom: number]>> = {
  tourism: {
    alpine_hut: ['hut', 11],
    wilderness_hut: ['bothy', 12],
    camp_site: ['camp', 12],
    caravan_site: ['camp', 13],
    viewpoint: ['viewpoint', 13],
    picnic_site: ['picnic', 14],
  },
  natural: {
    peak: ['peak', 11],
    volcano: ['peak', 11],
    saddle: ['saddle', 12],
    spring: ['water', 14],
    cave_entrance: ['cave', 14],
    waterfall: ['waterfall', 13],
  },
  waterway: { waterfall: ['waterfall', 13] },
  mountain_pass: { yes: ['saddle', 12] },
  amenity: {
    drinking_water: ['water', 14],
    bus_station: ['bus', 14],
    place_of_worship: ['church', 14],
  },
  information: { guidepost: ['guidepost', 14] },
  railway: { station: ['station', 12], halt: ['station', 12], tram_stop: ['station', 14] },
  aerialway: { station: ['lift', 14] },
  highway: { bus_stop: ['bus', 14] },
  historic: { ruins: ['ruins', 14], castle: ['ruins', 14], archaeological_site: ['ruins', 14] },
};

/** Shelters that a night can be spent in, and those that are for buses. */
const NIGHT_SHELTERS = new Set(['basic_hut', 'lean_to', 'rock_shelter']);
/** Parkings where nobody leaves a car to walk. */
const NO_PARKINGS = new Set([
  'street_side',
  'lane',
  'underground',
  'multi-storey',
  'rooftop',
  'half_on_kerb',
  'on_kerb',
]);
const SHUT = new Set(['no', 'private', 'customers', 'permit', 'residents']);

const HIGHEST_METERS = 9_000;

/** Metres above the sea, as people write them; undefined when it is no height on earth. */
function eleOf({ ele }: Tags): number | undefined {
  const meters = /^-?\d+([.,]\d+)?( ?m)?$/.test(ele ?? '')
    ? Math.round(Number.parseFloat(ele!.replace(',', '.')))
    : NaN;
  return Math.abs(meters) <= HIGHEST_METERS ? meters : undefined;
}

function sightOf(tags: Tags): [kind: string, minZoom: number] | undefined {
  if (tags.amenity === 'shelter') {
    if (tags.shelter_type === 'public_transport') return undefined;
    return NIGHT_SHELTERS.has(tags.shelter_type ?? '') ? ['bothy', 12] : ['shelter', 14];
  }
  if (tags.amenity === 'parking') {
    return NO_PARKINGS.has(tags.parking ?? '') || SHUT.has(tags.access ?? '') ? undefined : ['parking', 14];
  }
  for (const key in SIGHTS) {
    const value = tags[key];
    if (value !== undefined && Object.hasOwn(SIGHTS[key], value)) return SIGHTS[key][value];
  }
  return undefined;
}

/** What a node of these tags, or the middle of an area of them, is drawn as. @returns null when it is drawn as nothing */
export function pointOf(tags: Tags): Drawing | null {
  const { name, place } = tags;
  if (name && place !== undefined && Object.hasOwn(PLACES, place)) {
    const [minZoom, rank] = PLACES[place];
    const pop = Number(tags.population);
    const people = Number.isSafeInteger(pop) && pop > 0 && { pop };
    return { layer: 'place', minZoom, properties: { kind: place, name, rank, ...people } };
  }
  const sight = sightOf(tags);
  if (!sight) return null;
  const [kind, from] = sight;
  const ele = eleOf(tags);
  const properties: Properties = { kind, ...(name && { name }), ...(ele !== undefined && { ele }) };
  // What bears no name may wait: there are many of them.
  const isBare = !name && (kind === 'peak' || kind === 'saddle');
  return { layer: 'poi', minZoom: isBare ? 13 : from, properties };
}
