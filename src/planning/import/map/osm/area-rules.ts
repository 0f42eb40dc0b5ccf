import type { Tags } from '../../pbf/tags.js';
import type { Drawing } from './drawing.js';

/** By key and value: what covers the ground there. The most telling key comes first. */
const GROUND: Record<string, Record<string, string>> = {
  natural: {
    wood: 'wood',
    scrub: 'scrub',
    shrubbery: 'scrub',
    heath: 'heath',
    fell: 'heath',
    tundra: 'heath',
    grassland: 'grass',
    bare_rock: 'rock',
    scree: 'scree',
    shingle: 'scree',
    glacier: 'glacier',
    sand: 'sand',
    beach: 'sand',
    dune: 'sand',
    wetland: 'wetland',
    mud: 'wetland',
  },
  landuse: {
    forest: 'wood',
    meadow: 'grass',
    grass: 'grass',
    village_green: 'grass',
    residential: 'built',
    commercial: 'built',
    retail: 'built',
    industrial: 'built',
    farmyard: 'built',
    quarry: 'quarry',
    landfill: 'quarry',
    orchard: 'farmland',
    vineyard: 'farmland',
    farmland: 'farmland',
    allotments: 'farmland',
    plant_nursery: 'farmland',
    cemetery: 'park',
    recreation_ground: 'park',
  },
  leisure: { park: 'park', garden: 'park', golf_course: 'grass', pitch: 'grass' },
};

const RIVERS = new Set(['river', 'stream', 'canal', 'ditch', 'drain', 'oxbow', 'rapids']);
const RESERVES = new Set(['national_park', 'protected_area']);

const named = ({ name }: Tags): { name?: string } => (name ? { name } : {});

function groundKind(tags: Tags): string | undefined {
  for (const key in GROUND) {
    const value = tags[key];
    const kind = value === undefined || !Object.hasOwn(GROUND[key], value) ? undefined : GROUND[key][value];
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function waterKind({ natural, water, landuse, waterway }: Tags): string | undefined {
  if (waterway === 'riverbank' || waterway === 'dock') return 'river';
  if (natural === 'water') return RIVERS.has(water ?? '') ? 'river' : 'lake';
  return landuse === 'reservoir' || landuse === 'basin' ? 'lake' : undefined;
}

/**
 * What an area of these tags is drawn as: that of a way whose last node is its first, or of a multipolygon. Closedness alone
 * makes no area: what is drawn as a line (a street, a cliff) has no entry here.
 * @returns null when it is drawn as none
 */
export function areaOf(tags: Tags): Drawing | null {
  const { building, boundary, leisure } = tags;
  if (building !== undefined && building !== 'no') return { layer: 'building', minZoom: 14, properties: {} };
  const water = waterKind(tags);
  if (water) return { layer: 'water', minZoom: 8, properties: { kind: water, ...named(tags) } };
  const kind = groundKind(tags);
  if (kind) return { layer: 'ground', minZoom: 8, properties: { kind } };
  if (RESERVES.has(boundary ?? '') || leisure === 'nature_reserve') {
    return { layer: 'reserve', minZoom: 8, properties: named(tags) };
  }
  return null;
}
