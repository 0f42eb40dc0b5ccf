import { LONGEST_METERS } from '../planner/loop-request.js';

/** A value of a query parameter that is not what the parameter takes: the message says why, ready to be shown. */
export class BadValue extends Error {
  override name = 'BadValue';
}

/** Metres in a unit of length. */
export const METERS: Record<string, number> = { km: 1000, mi: 1609.344, m: 1, ft: 0.3048 };
/** Seconds in a unit of time. */
export const SECONDS: Record<string, number> = { min: 60, h: 3600 };
const QUANTITY = /^(\d{1,6}(?:\.\d{1,6})?) ?([a-z]*)$/i;

interface Measure {
  /** Units that are taken, the one to suggest first. */
  units: string[];
  /** Some that would be taken. */
  such: string;
  min: number;
  max: number;
  /** The bounds as a person reads them. */
  bounds: string;
}

/** @returns the number in the measure's base unit @throws BadValue */
function readQuantity(text: string, measure: Measure, factor: (unit: string) => number): number {
  const match = QUANTITY.exec(text.trim());
  if (!match) throw new BadValue(`is not a number with a unit, such as ${measure.such}`);
  const unit = match[2]!.toLowerCase();
  if (unit === '') throw new BadValue(`has no unit: did you mean ${match[1]}${measure.units[0]}?`);
  if (!measure.units.includes(unit))
    throw new BadValue(`has the unit ${unit}, which is none of ${measure.units.join(', ')}`);
  const value = Number(match[1]) * factor(unit);
  if (value < measure.min || value > measure.max) throw new BadValue(`is outside ${measure.bounds}`);
  return value;
}

const inMeters = (unit: string): number => METERS[unit]!;

/** `15km` or `9mi` in metres. @throws BadValue */
export const readLength = (text: string): number =>
  readQuantity(
    text,
    { units: ['km', 'mi'], such: '15km or 9mi', min: 500, max: LONGEST_METERS, bounds: '0.5km to 200km' },
    inMeters,
  );

/** `14-20km` or `9-12mi`: from so much to so much, in metres. @throws BadValue */
export function readLengths(text: string): { min: number; max: number } {
  const match = /^([\d.]+) ?(?:-|–) ?([\d.]+) ?([a-z]*)$/i.exec(text.trim());
  if (!match) throw new BadValue('is not a span of lengths, such as 14-20km');
  if (match[3] === '') throw new BadValue(`has no unit: did you mean ${match[1]}-${match[2]}km?`);
  const [min, max] = [readLength(match[1]! + match[3]!), readLength(match[2]! + match[3]!)];
  if (min >= max) throw new BadValue('ends before it begins: the shorter length comes first');
  return { min, max };
}

/** `600m` or `2000ft` in metres. @throws BadValue */
export const readAscent = (text: string): number =>
  readQuantity(
    text,
    { units: ['m', 'ft'], such: '600m or 2000ft', min: 0, max: 20_000, bounds: '0m to 20000m' },
    inMeters,
  );

/** How far one is willing to drive: along the road in metres, or behind the wheel in seconds. */
export type Drive = { meters: number; seconds: null } | { meters: null; seconds: number };

/** `30km`, `20mi`, `45min` or `1h`. @throws BadValue */
export function readDrive(text: string): Drive {
  const shown = { units: ['min', 'km', 'h', 'mi'], such: '45min or 30km' };
  if (/(min|h)$/i.test(text.trim())) {
    const measure = { ...shown, min: 0, max: 3 * 3600, bounds: '0min to 180min' };
    return { meters: null, seconds: readQuantity(text, measure, (unit) => SECONDS[unit]!) };
  }
  const measure = { ...shown, min: 0, max: 200_000, bounds: '0km to 200km' };
  return { meters: readQuantity(text, measure, inMeters), seconds: null };
}

/** `T1` … `T6` as 1 … 6. @throws BadValue */
export function readDifficulty(text: string): number {
  const match = /^T([1-6])$/i.exec(text.trim());
  if (!match) throw new BadValue('is not a grade of the SAC scale');
  return Number(match[1]);
}

/** The points of the compass, 45° apart, from north through east. */
export const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

/** `N`, `NE`, … in degrees from north through east. @throws BadValue */
export function readDirection(text: string): number {
  const point = COMPASS.indexOf(text.trim().toUpperCase());
  if (point < 0) throw new BadValue('is no point of the compass');
  return point * 45;
}

/** A whole number in decimal digits. @throws BadValue */
export function readWhole(text: string, min: number, max: number): number {
  if (!/^\d{1,10}$/.test(text)) throw new BadValue('is not a whole number');
  const value = Number(text);
  if (value < min || value > max) throw new BadValue(`is outside ${min} to ${max}`);
  return value;
}

/** A day of the calendar, ISO 8601. @throws BadValue */
export function readDate(text: string): string {
  const match = /^\d{4}-\d{2}-\d{2}$/.exec(text.trim());
  const time = match ? Date.parse(`${match[0]}T00:00:00Z`) : Number.NaN;
  if (!match || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== match[0])
    throw new BadValue('is not a day such as 2027-06-21');
  return match[0];
}
