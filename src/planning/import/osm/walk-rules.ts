import { type Closing, writeClosing } from '../../network/closings.js';
import { type Caution, cautionBit, isTrail, KINDS, type Kind, SURFACES, VISIBILITIES } from '../../network/network.js';
import { BACKWARD, FORWARD } from '../contract.js';
import type { WalkTraits } from '../survey.js';
import { footAccess, isOpen, mayWalk, type Verdict } from './access.js';
import { closingOf } from './closing.js';
import { limitKmh } from './drive-rules.js';
import { gradeOf, leastGrade } from './grade.js';
import {
  FAST_KINDS,
  FAST_KMH,
  GATES,
  MILITARY_AREAS,
  NEVER_WALKED,
  NOT_THERE,
  SIDEWALK,
  SIDEWALK_ELSEWHERE,
  STOPS_WALKERS,
  TOLD,
  WALKED,
  WITH_SIDEWALKS,
} from './rules.js';
import { condition, isSet, type Tags } from './tags.js';

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

const anyOf = (rules: readonly { when: string }[]): ((tags: Tags) => boolean) => {
  const conditions = rules.map(({ when }) => condition(when));
  return (tags) => conditions.some((holds) => holds(tags));
};

export const isNotThere = anyOf(NOT_THERE);
const isNeverWalked = anyOf(NEVER_WALKED);
const hasSidewalk = anyOf(SIDEWALK);
const hasSidewalkElsewhere = anyOf(SIDEWALK_ELSEWHERE);
const isGate = anyOf(GATES);
/** Of the tags of a closed way or a multipolygon. */
export const isMilitaryGround = anyOf(MILITARY_AREAS);
const isObstacle = anyOf(STOPS_WALKERS);
const CLASSES = WALKED.map(({ when, ...rest }) => ({ holds: condition(when), ...rest }));
const CAUTIONS = TOLD.map(({ when, caution }) => ({ holds: condition(when), bit: cautionBit(caution) }));
/** Limits that are told by where the road lies: out of town they are above `FAST_KMH` nearly everywhere. */
const WITHOUT_LIMIT = /^none$|:(rural|trunk|motorway)$/;
const FAST_BEYOND: readonly Kind[] = [...FAST_KINDS, 'tertiary', 'unclassified', 'road'];

/** What a way is to a walker, if nothing forbids it. */
function kindOf(tags: Tags): Kind | null {
  const { highway, railway } = tags;
  if (highway === undefined && railway === undefined && !tags.man_made && !tags.public_transport) return null;
  for (const { holds, kind, needs } of CLASSES) {
    if (!holds(tags)) continue;
    if (needs === undefined || isOpen(footAccess(tags, ['foot']))) return kind;
    if (needs === 'foot or sidewalk' && hasSidewalk(tags)) return kind;
    return null;
  }
  return null;
}

/** Bits of what a walker must be told of a way or a node by its tags alone. */
function cautionsOf(tags: Tags): number {
  let cautions = 0;
  for (const { holds, bit } of CAUTIONS) if (holds(tags)) cautions |= bit;
  return cautions;
}

function isFastRoad(tags: Tags, kind: Kind): boolean {
  if (!FAST_BEYOND.includes(kind) || hasSidewalk(tags)) return false;
  const said = [tags.maxspeed, tags['maxspeed:forward'], tags['maxspeed:backward']];
  if (said.some((value) => value !== undefined && WITHOUT_LIMIT.test(value))) return true;
  const limits = said.map(limitKmh).filter((limit) => limit !== null);
  return limits.length === 0 ? FAST_KINDS.includes(kind) : Math.max(...limits) >= FAST_KMH;
}

const ofVerdict = (verdict: Verdict, tags: Tags, kind: Kind): Caution[] => [
  ...(verdict === 'limited' ? (['limited-access'] as const) : []),
  ...(verdict === 'unclear' ? (['unclear-access'] as const) : []),
  ...(isFastRoad(tags, kind) ? (['fast-road'] as const) : []),
];

/** A way for walkers. */
export interface Walk {
  traits: WalkTraits;
  direction: number;
  /** It is ground to be crossed: its nodes are the rim. */
  isArea: boolean;
  /** The tags say themselves that one may walk here. */
  isExplicit: boolean;
}

/**
 * Whether a way, or the ground that a relation bounds, may be walked on, and what a walker should know of it.
 * @param closed its last node is its first
 * @returns null when it is no way to walk on
 */
export function walkOf(tags: Tags, closed: boolean): Walk | null {
  const kind = kindOf(tags);
  if (kind === null || isNotThere(tags) || isNeverWalked(tags)) return null;
  const verdict = footAccess(tags);
  const closing = closingOf(tags, mayWalk(verdict));
  if (!mayWalk(verdict) && closing === null && !opensOneWay(tags)) return null;
  const isElsewhere = WITH_SIDEWALKS.includes(kind) && hasSidewalkElsewhere(tags) && !hasSidewalk(tags);
  if (isElsewhere && !isOpen(footAccess(tags, ['foot']))) return null;
  const direction = directionOf(tags, mayWalk(verdict) || closing !== null);
  if (direction === 0) return null;
  const isArea = closed && tags.area === 'yes';
  const own = ofVerdict(verdict, tags, kind).reduce((bits, caution) => bits | cautionBit(caution), cautionsOf(tags));
  return {
    traits: {
      kind: KINDS.indexOf(isArea ? areaKind(kind) : kind),
      surface: indexIn(SURFACES, SURFACE_CLASSES[tags.surface ?? '']),
      difficulty: gradeOf(tags),
      visibility: indexIn(VISIBILITIES, tags.trail_visibility),
      cautions: own,
      closing: closing ? writeClosing({ ...closing, directions: direction }) : '',
      name: tags.name ?? '',
      routes: [],
      offGround: isSet(tags.tunnel) || isSet(tags.bridge),
    },
    direction: closing && !closing.openUnasked ? 0 : direction,
    isArea,
    isExplicit: isOpen(verdict),
  };
}

/** Ground that is crossed is a square, a yard and no trail, unless it is a street or a pier. */
const areaKind = (kind: Kind): Kind =>
  kind === 'pedestrian' || (isTrail(KINDS.indexOf(kind)) && kind !== 'pier') ? 'square' : kind;

const opensOneWay = (tags: Tags): boolean =>
  ['foot:forward', 'foot:backward'].some((key) => isOpen(footAccess(tags, [key])));

/** FORWARD | BACKWARD; `oneway` is for vehicles. */
function directionOf(tags: Tags, isOpenOtherwise: boolean): number {
  const oneWay = tags['oneway:foot'] ?? tags['foot:oneway'];
  const sign =
    oneWay === 'yes' || oneWay === '1' || oneWay === 'true'
      ? FORWARD
      : oneWay === '-1' || oneWay === 'reverse'
        ? BACKWARD
        : 0;
  const may = (way: 'forward' | 'backward'): boolean => {
    // What is said of walkers in both directions counts before what is said of everybody in one.
    const own = footAccess(tags, [`foot:${way}`]);
    const verdict = own === 'unsaid' && tags.foot === undefined ? footAccess(tags, [`access:${way}`]) : own;
    return verdict === 'unsaid' ? isOpenOtherwise : mayWalk(verdict);
  };
  const open = (may('forward') ? FORWARD : 0) | (may('backward') ? BACKWARD : 0);
  return sign === 0 ? open : open & sign;
}

/** What a node does to the ways over it. */
export interface NodeOnWay {
  /** Nobody passes: a gate that is closed to walkers or locked, a fence, a lift. */
  stops: boolean;
  /** Bits after CAUTIONS. */
  cautions: number;
  /** T number that the ways have there at least, 0 when it says nothing. */
  difficulty: number;
  /** Set when it is closed at times, or else open. */
  closing: Omit<Closing, 'directions'> | null;
}

/** @returns null when a walker need know nothing of the node */
export function nodeOnWay(tags: Tags): NodeOnWay | null {
  const node: NodeOnWay = { stops: false, cautions: cautionsOf(tags), difficulty: leastGrade(tags), closing: null };
  if (isGate(tags) || isObstacle(tags)) {
    const verdict = footAccess(tags);
    const isShut = verdict === 'closed' || (isObstacle(tags) && !isOpen(verdict));
    node.closing = closingOf(tags, !isShut);
    node.stops = isShut && node.closing === null;
    if (verdict === 'limited') node.cautions |= cautionBit('limited-access');
    if (verdict === 'unclear') node.cautions |= cautionBit('unclear-access');
  }
  return node.stops || node.cautions !== 0 || node.difficulty !== 0 || node.closing ? node : null;
}
