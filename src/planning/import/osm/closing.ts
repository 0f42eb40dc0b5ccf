import type { Closing } from '../../network/closings.js';
import { WINTER_ONLY } from './rules.js';
import { condition, isSet, type Tags, valuesOf } from './tags.js';

/** What is said of everybody before what is said of walkers: the last that holds counts. */
const CONDITIONAL = [
  'access:conditional',
  'foot:conditional',
  'foot:forward:conditional',
  'foot:backward:conditional',
] as const;
/** Told whenever they are there. */
const HOURS = ['opening_hours', 'oneway:foot:conditional'] as const;
const isWinterOnly = WINTER_ONLY.map(({ when }) => condition(when));

/**
 * What closes a way or a gate at times, or opens one that is closed otherwise.
 * @param openOtherwise what the tags say without a condition
 * @returns null when nothing does; `directions` are still to be told
 */
export function closingOf(tags: Tags, openOtherwise: boolean): Omit<Closing, 'directions'> | null {
  const said: string[] = [];
  let openUnasked = openOtherwise;
  if (isWinterOnly.some((holds) => holds(tags)) && openOtherwise) {
    said.push('seasonal=winter');
    openUnasked = false;
  } else if (isSet(tags.seasonal) && openOtherwise) {
    said.push(`seasonal=${tags.seasonal}`);
    const seasons = valuesOf(tags.seasonal);
    openUnasked = seasons.length !== 1 || seasons[0] !== 'winter';
  }
  for (const key of CONDITIONAL) {
    const value = tags[key];
    // What is said of walkers themselves is not changed by what is said of everybody.
    if (value === undefined || !value.includes('@')) continue;
    if (key === 'access:conditional' && tags.foot !== undefined) continue;
    if (openOtherwise || /(^|;)\s*(yes|designated|permissive|destination|official|public)\s*@/.test(value))
      said.push(`${key}=${value}`);
  }
  for (const key of HOURS) {
    const value = tags[key];
    if (isSet(value) && value !== '24/7' && openOtherwise) said.push(`${key}=${value}`);
  }
  return said.length > 0 ? { openUnasked, tags: said.join('\n') } : null;
}
