import { BACKWARD, FORWARD } from '../contract.js';
import { carAccess, isOpen, mayDrive } from './access.js';
import { NOT_THERE } from './rules.js';
import { condition, type Tags } from './tags.js';

/** Km/h where no sign tells: what a careful driver makes of such a road, bends included. */
const SPEEDS: Record<string, number> = {
  motorway: 105,
  motorway_link: 50,
  trunk: 80,
  trunk_link: 45,
  primary: 65,
  primary_link: 40,
  secondary: 55,
  secondary_link: 35,
  tertiary: 45,
  tertiary_link: 30,
  unclassified: 35,
  residential: 28,
  living_street: 10,
  service: 18,
  track: 12,
  road: 30,
};

/** A limit is what a car reaches at best; on the way it makes less. */
const SHARE_OF_LIMIT = 0.9;

const NOT_DRIVEN = NOT_THERE.map(({ when }) => condition(when));

/**
 * Whether and how a car may go along a way.
 * @param closed its last node is its first
 * @returns null when it may not
 */
export function driveOf(tags: Tags, closed: boolean): { speedKmh: number; direction: number } | null {
  const byClass = SPEEDS[tags.highway ?? ''];
  if (byClass === undefined || (closed && tags.area === 'yes')) return null;
  const allowed = carAccess(tags);
  if (!mayDrive(allowed) || (tags.highway === 'track' && !isOpen(allowed))) return null;
  if (tags.ice_road === 'yes' || tags.winter_road === 'yes' || NOT_DRIVEN.some((holds) => holds(tags))) return null;
  const limit = limitKmh(tags.maxspeed);
  return { speedKmh: limit === null ? byClass : Math.max(5, limit * SHARE_OF_LIMIT), direction: directionOf(tags) };
}

/** Things across a road that no car goes through or round, whoever sits in it. */
const BLOCKS: ReadonlySet<string> = new Set([
  'block',
  'bollard',
  'bus_trap',
  'chain',
  'cycle_barrier',
  'debris',
  'full-height_turnstile',
  'jersey_barrier',
  'kissing_gate',
  'log',
  'motorcycle_barrier',
  'planter',
  'rope',
  'stile',
  'sump_buster',
  'turnstile',
  'wedge',
]);

/**
 * Whether a barrier on a road stops a visitor's car. Gates of all kinds stop it only where they say so: behind one
 * that says nothing may lie the car park where a walk begins.
 * @param tags of a node
 */
export function stopsCars(tags: Tags): boolean {
  if (tags.barrier === undefined || tags.barrier === 'no') return false;
  const allowed = carAccess(tags);
  if (tags.locked === 'yes' && !isOpen(allowed)) return true;
  return allowed === 'unsaid' ? BLOCKS.has(tags.barrier) : !mayDrive(allowed);
}

/** @returns km/h, null where there is no limit or it is none that a number can tell */
export function limitKmh(maxspeed: string | undefined): number | null {
  if (maxspeed === undefined) return null;
  const found = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh)?$/.exec(maxspeed.trim());
  if (found) {
    const value = Number(found[1]) * (found[2] === 'mph' ? 1.609344 : 1);
    return value > 0 ? Math.min(value, 130) : null;
  }
  if (/(^|:)walk$/.test(maxspeed)) return 6;
  if (/:urban$/.test(maxspeed)) return 50;
  return null;
}

function directionOf(tags: Tags): number {
  const { oneway } = tags;
  if (oneway === '-1' || oneway === 'reverse') return BACKWARD;
  if (oneway === 'yes' || oneway === '1' || oneway === 'true') return FORWARD;
  if (oneway === 'no' || oneway === '0' || oneway === 'false') return FORWARD | BACKWARD;
  const implied = tags.junction === 'roundabout' || tags.junction === 'circular' || tags.highway === 'motorway';
  return implied ? FORWARD : FORWARD | BACKWARD;
}
