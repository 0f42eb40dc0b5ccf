import type { Tags } from './raw-map.js';

/** The wiki's words as this bench reads them, written apart from the import's. */
const OPEN = /^(yes|designated|permissive|official|public|allowed|destination|discouraged)$/;
const CLOSED =
  /^(no|private|restricted|customers|employees|residents|delivery|agricultural|forestry|military|emergency|permit|use_sidepath|members|staff)$/;

/** true open, false closed, null not said. */
function said(value: string | undefined): boolean | null {
  if (value === undefined) return null;
  const words = value.toLowerCase().split(/\s*;\s*/);
  if (words.some((word) => OPEN.test(word))) return true;
  return words.some((word) => CLOSED.test(word)) ? false : null;
}

/** Classes of `highway` that are ways at all. */
const CLASSES =
  /^(path|footway|track|bridleway|steps|ladder|cycleway|pedestrian|living_street|service|residential|unclassified|road|corridor|platform|motorway|motorway_link|(trunk|primary|secondary|tertiary)(_link)?)$/;

export const isYes = (value: string | undefined): boolean => value !== undefined && value !== 'no';

/** Why a way may not be walked in a direction, null when it may; what a date or a season opens is left to the warning. */
export function whyNot(tags: Tags, forward: boolean): string | null {
  const foot = said(tags.foot);
  const along = said(tags[forward ? 'foot:forward' : 'foot:backward']);
  const mayAtTimes = ['foot:conditional', 'access:conditional'].some((key) =>
    /\b(yes|designated|permissive|destination)\b.*@/.test(tags[key] ?? ''),
  );
  if (along === false) return 'closed in that direction';
  if (along === null && (foot ?? said(tags.access)) === false && !mayAtTimes) return 'closed to walkers';
  const oneWay = tags['oneway:foot'] ?? tags['foot:oneway'];
  if (/^(yes|1|true)$/.test(oneWay ?? '') && !forward) return 'one way';
  if (/^(-1|reverse)$/.test(oneWay ?? '') && forward) return 'one way';
  if (isYes(tags.conveying) || tags.highway === 'elevator') return 'escalator or lift';
  if (isYes(tags.ice_road)) return 'ice road';
  if (isYes(tags.abandoned) || isYes(tags.proposed)) return 'not there';
  if (isYes(tags.construction) && tags.construction !== 'minor') return 'being built';
  if (/^motorway/.test(tags.highway ?? '') && foot !== true) return 'motorway';
  const hasPavement = /both|left|right|yes/.test(tags.sidewalk ?? '');
  if (/^trunk/.test(tags.highway ?? '') && foot !== true && !hasPavement) return 'trunk';
  if (tags.motorroad === 'yes' && foot !== true) return 'motor road';
  if (isYes(tags.planned) || isYes(tags.demolished) || isYes(tags.razed) || isYes(tags.removed)) return 'not there';
  if (tags.highway === 'cycleway' && foot !== true) return 'cycleway';
  if (
    tags.sidewalk === 'separate' &&
    foot !== true &&
    /^(trunk|primary|secondary|tertiary)$/.test(tags.highway ?? '')
  ) {
    return 'its pavement is elsewhere';
  }
  const { highway, man_made, railway, public_transport } = tags;
  if (highway !== undefined) return CLASSES.test(highway) ? null : `highway=${highway}`;
  return man_made === 'pier' || railway === 'platform' || public_transport === 'platform' ? null : 'no way';
}

/** Whether a node stops walkers. */
export function stops(tags: Tags): boolean {
  if (tags.barrier === undefined && tags.highway !== 'elevator') return false;
  const may = said(tags.foot) ?? said(tags.access);
  if (may === false) return true;
  return may === null && (tags.locked === 'yes' || tags.highway === 'elevator');
}

const GRADES = [
  'hiking',
  'mountain_hiking',
  'demanding_mountain_hiking',
  'alpine_hiking',
  'demanding_alpine_hiking',
  'difficult_alpine_hiking',
];

/** The least T number that the tags allow to be told, and the most. */
export function gradesOf(tags: Tags): { least: number; most: number } {
  let least = 0;
  for (const word of (tags.sac_scale ?? '').toLowerCase().split(/\s*[;,]\s*/)) {
    const digit = /^t?([1-6])\b/.exec(word)?.[1];
    least = Math.max(least, digit ? Number(digit) : GRADES.indexOf(word.replace(/[\s-]/g, '_')) + 1);
    if (word === 'strolling') least = Math.max(least, 1);
  }
  if (isYes(tags.via_ferrata_scale) || isYes(tags.via_ferrata)) return { least: Math.max(least, 5), most: 6 };
  const isClimb = ['climbing:grade:uiaa', 'uiaa_scale', 'scramble'].some((key) => isYes(tags[key]));
  if (isClimb) return { least: Math.max(least, 4), most: Math.max(least, 5) };
  const isSecured = ['ladder', 'rungs', 'safety_rope', 'assisted_trail'].some((key) => isYes(tags[key]));
  return isSecured || tags.highway === 'ladder'
    ? { least: Math.max(least, 3), most: Math.max(least, 3) }
    : { least, most: least };
}

/** Whether a way is a trail rather than a street, a pavement or a square. */
export function isTrail(tags: Tags): boolean {
  const { highway, footway, path } = tags;
  if (/^(footway|path)$/.test(highway ?? '') && (tags.is_sidepath === 'yes' || isYes(tags.crossing))) return false;
  if (/^(yes|room|corridor)$/.test(tags.indoor ?? '')) return false;
  if (/^(sidewalk|crossing|traffic_island|access_aisle)$/.test(footway ?? '')) return false;
  if (/^(sidewalk|crossing)$/.test(path ?? '') || /^(parking_aisle|drive-through)$/.test(tags.service ?? ''))
    return false;
  if (highway === 'cycleway') return !/^(sidewalk|crossing|lane|track)$/.test(tags.cycleway ?? '');
  if (/^(path|footway|track|bridleway|steps|ladder)$/.test(highway ?? '')) return tags.motorroad !== 'yes';
  return highway === undefined && tags.man_made === 'pier';
}

/** What must be told of a way that has these tags, by the code of the warning. */
export function mustTell(tags: Tags): string[] {
  const told: string[] = [];
  if (isYes(tags.via_ferrata_scale)) told.push('via-ferrata');
  if (isYes(tags.ford)) told.push('ford');
  if (/^(bad|horrible|no)$/.test(tags.trail_visibility ?? '')) told.push('hard-to-find');
  if (['ladder', 'rungs', 'safety_rope', 'assisted_trail'].some((key) => isYes(tags[key]))) told.push('secured-climb');
  if (/\bno\b.*@/.test(tags['foot:conditional'] ?? '')) told.push('closed-at-times');
  if (isYes(tags.seasonal) || isYes(tags.winter_road)) told.push('closed-at-times');
  if (isYes(tags.tidal)) told.push('tidal');
  if (isYes(tags.hazard)) told.push('hazard');
  return told;
}

export const isOffGround = (tags: Tags): boolean => isYes(tags.tunnel) || isYes(tags.bridge);
