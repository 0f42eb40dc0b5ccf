import { WALK_BOTH_WAYS } from './network.js';

/**
 * When a way is closed, in the tags' own words (wiki.openstreetmap.org/wiki/Conditional_restrictions,
 * wiki.openstreetmap.org/wiki/Key:seasonal). Written in one string, for tiles hold strings: whether it is open when
 * nobody says a date (`+` or `-`), the directions in which it is open at all (1–3), and the tags.
 */
export interface Closing {
  openUnasked: boolean;
  directions: number;
  /**
   * `foot:conditional=no @ (Nov-Apr)` and the like, a line each. Those of a further thing on the way, such as a gate, begin
   * with a `+` or a `-`: one passes when every one of them is open.
   */
  tags: string;
}

export const writeClosing = ({ openUnasked, directions, tags }: Closing): string =>
  `${openUnasked ? '+' : '-'}${directions}${tags}`;

/** @returns null for the empty string: it is always as it is */
export function readClosing(text: string): Closing | null {
  if (text === '') return null;
  return { openUnasked: text[0] === '+', directions: Number(text[1]) & WALK_BOTH_WAYS, tags: text.slice(2) };
}

/** A way that is closed at times, with a gate on it that is. @param gate `directions` are those of the way */
export const joinClosings = (way: Closing, gate: Omit<Closing, 'directions'>): Closing => ({
  openUnasked: way.openUnasked && gate.openUnasked,
  directions: way.directions,
  // Whether it is open unasked has to be said of each.
  tags: [way, gate]
    .map(({ openUnasked, tags }) => (/^[+-]/.test(tags) ? tags : (openUnasked ? '+' : '-') + tags))
    .join('\n'),
});

/** The tags as they are to be read by people. */
export const closingText = ({ tags }: Closing): string => tags.replace(/^[+-]/gm, '').replaceAll('\n', ', ');

/** Yes, no, or not to be known from a date: it depends on the hour, the weather or words that are not understood. */
export type Answer = boolean | null;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Months by their number, in the northern half of the earth. */
const SEASONS: Record<string, number[]> = {
  spring: [3, 4, 5],
  summer: [6, 7, 8],
  autumn: [9, 10, 11],
  fall: [9, 10, 11],
  winter: [12, 1, 2],
};
const OPEN = new Set(['yes', 'designated', 'permissive', 'official', 'public', 'destination']);
const CLOSED = new Set(['no', 'private', 'restricted', 'customers', 'permit', 'agricultural', 'forestry', 'residents']);

/** A day of a year, numbers that compare as days do. */
const ordinal = (month: number, day: number): number => month * 100 + day;

const seasonHolds = (season: string, month: number, isSouth: boolean): boolean =>
  SEASONS[season]!.includes(isSouth ? ((month + 5) % 12) + 1 : month);

const DAY = String.raw`(?:(\d{4})\s+)?(${MONTHS.join('|')})[a-z]*\.?(?:\s+(\d{1,2}))?`;
const RANGE = new RegExp(`^${DAY}(?:\\s*-\\s*(?:${DAY}|(\\d{1,2})))?$`);

/** Whether a part of a condition (between AND) holds on a date. */
function partHolds(part: string, date: string, isSouth: boolean): Answer {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const words = part.trim().toLowerCase();
  if (SEASONS[words]) return seasonHolds(words, month, isSouth);
  let unknown = false;
  for (const piece of words.split(/\s*,\s*/)) {
    const found = RANGE.exec(piece.replace(/\s+/g, ' '));
    if (!found) {
      unknown = true;
      continue;
    }
    const [, fromYear, fromMonth, fromDay, toYear, toMonth, toDay, toDayAlone] = found;
    const first = MONTHS.indexOf(fromMonth!) + 1;
    const last = toMonth ? MONTHS.indexOf(toMonth) + 1 : first;
    const isSingleDay = !toMonth && !toDayAlone && fromDay !== undefined;
    const begin = ordinal(first, Number(fromDay ?? 1));
    const end = isSingleDay ? begin : ordinal(last, Number(toDayAlone ?? toDay ?? 31));
    const today = ordinal(month, day);
    if (fromYear !== undefined) {
      const on = year * 10_000 + today;
      if (on >= Number(fromYear) * 10_000 + begin && on <= Number(toYear ?? fromYear) * 10_000 + end) return true;
    } else if (begin <= end ? today >= begin && today <= end : today >= begin || today <= end) return true;
  }
  return unknown ? null : false;
}

/** Whether all parts of a condition hold. */
function holds(condition: string, date: string, isSouth: boolean): Answer {
  const parts = condition
    .replace(/[()]/g, ' ')
    .split(/\sand\s/i)
    .map((part) => partHolds(part, date, isSouth));
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

/** What a conditional restriction makes of a way that is open or closed otherwise: the last clause that holds counts. */
function underConditions(value: string, otherwise: boolean, date: string, isSouth: boolean): Answer {
  let open: Answer = otherwise;
  for (const clause of value.split(/;(?![^(]*\))/)) {
    const [word = '', condition = ''] = clause.split('@').map((text) => text.trim());
    const means = OPEN.has(word) ? true : CLOSED.has(word) ? false : null;
    const applies = holds(condition, date, isSouth);
    if (applies === false || means === open) continue;
    open = applies === true ? means : null;
  }
  return open;
}

/**
 * Whether a way is open on a day.
 * @param date ISO 8601
 * @param isSouth of the equator, where the seasons are the other way round
 */
export function isOpenOn({ openUnasked, tags }: Closing, date: string, isSouth: boolean): Answer {
  const things = tags.split(/\n(?=[+-])/);
  const answers = things.map((lines) => {
    const own = /^[+-]/.exec(lines);
    return isThingOpenOn(own ? own[0] === '+' : openUnasked, lines.slice(own ? 1 : 0).split('\n'), date, isSouth);
  });
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

/** Whether a way or a gate is open on a day, by its tags alone. */
function isThingOpenOn(openUnasked: boolean, tags: string[], date: string, isSouth: boolean): Answer {
  let open: Answer = openUnasked;
  for (const tag of tags) {
    const at = tag.indexOf('=');
    const [key, value] = [tag.slice(0, at), tag.slice(at + 1)];
    // Hours, and directions that change with the time: no date tells.
    if (key === 'opening_hours' || key === 'oneway:foot:conditional') open = open === false ? false : null;
    else if (key === 'seasonal') {
      const seasons = value.split(';').map((season) => season.trim().toLowerCase());
      const known = seasons.filter((season) => SEASONS[season]);
      const month = Number(date.slice(5, 7));
      if (known.length === 0) open = null;
      else open = known.some((season) => seasonHolds(season, month, isSouth));
    } else open = underConditions(value, open ?? openUnasked, date, isSouth);
  }
  return open;
}
