import { KINDS, type Kind, SAC_SCALE, SURFACES, VISIBILITIES } from '../../network/network.js';
import { BACKWARD, FORWARD } from '../contract.js';
import type { WalkTraits } from '../survey.js';
import { access, type Tags } from './tags.js';

const LINKS: Record<string, Kind> = { tertiary_link: 'tertiary', secondary_link: 'secondary', primary_link: 'primary' };

const SURFACE_CLASSES: Record<string, (typeof SURFACES)[number]> = {
  asphalt: 'paved',
  concrete: 'paved',
  'concrete:plates': 'paved',
  'concrete:lanes': 'paved',
  paved: 'paved',
  paving_stones: 'paved',
  sett: 'paved',
  cobblestone: 'paved',
  unhewn_cobblestone: 'paved',
  metal: 'paved',
  wood: 'paved',
  compacted: 'compacted',
  fine_gravel: 'compacted',
  gravel: 'unpaved',
  pebblestone: 'unpaved',
  unpaved: 'unpaved',
  ground: 'unpaved',
  dirt: 'unpaved',
  earth: 'unpaved',
  grass: 'unpaved',
  grass_paver: 'unpaved',
  mud: 'unpaved',
  sand: 'unpaved',
  woodchips: 'unpaved',
  rock: 'rocky',
  rocks: 'rocky',
  stone: 'rocky',
  scree: 'rocky',
};

const indexIn = (list: readonly string[], value: string | undefined): number => Math.max(0, list.indexOf(value ?? ''));

/**
 * Whether a way may be walked on, and what a walker should know of it.
 * @param closed its last node is its first
 * @returns null when it is no way to walk on
 */
export function walkOf(tags: Tags, closed: boolean): { traits: WalkTraits; direction: number } | null {
  const { highway } = tags;
  if (highway === undefined) return null;
  const kind = (LINKS[highway] ?? highway) as Kind;
  const index = KINDS.indexOf(kind);
  if (index < 0) return null;
  // A square is crossed, not walked around.
  if (closed && tags.area === 'yes') return null;
  if (tags.indoor === 'yes' || tags.motorroad === 'yes') return null;
  const allowed = access(tags, ['foot', 'access']);
  if (allowed === false) return null;
  // Cycleways are for bicycles unless someone says otherwise.
  if (kind === 'cycleway' && access(tags, ['foot']) !== true) return null;
  return {
    traits: {
      kind: index,
      surface: indexIn(SURFACES, SURFACE_CLASSES[tags.surface ?? '']),
      difficulty: indexIn(SAC_SCALE, tags.sac_scale),
      visibility: indexIn(VISIBILITIES, tags.trail_visibility),
      name: tags.name ?? '',
      routes: [],
      offGround: isSet(tags.tunnel) || isSet(tags.bridge),
    },
    direction: directionOf(tags['oneway:foot'] ?? tags['foot:oneway']),
  };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== 'no';

function directionOf(oneWay: string | undefined): number {
  if (oneWay === 'yes' || oneWay === '1' || oneWay === 'true') return FORWARD;
  if (oneWay === '-1' || oneWay === 'reverse') return BACKWARD;
  return FORWARD | BACKWARD;
}
