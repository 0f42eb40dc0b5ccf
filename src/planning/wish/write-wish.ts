import type { Location } from '../network/geodesy.js';
import { DEFAULT_COUNT, DEFAULT_SEED } from './loops-query.js';
import { COMPASS, METERS, SECONDS } from './quantities.js';
import type { DaysWish, StartWish, Wish } from './wish.js';

const DECIMALS_MAX = 6;

/** A number without an exponent and without zeros that say nothing. */
const plain = (value: number, decimals: number): string =>
  value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

type Unit = [name: string, factor: number];

/** The values in one of these units, the shortest that says exactly these; to the last decimal in the first where none does. */
function inOneUnit(values: number[], units: Unit[]): { texts: string[]; unit: string } {
  const told = units.map(([unit, factor]) => {
    const texts = values.map((value) => plain(value / factor, DECIMALS_MAX));
    return { texts, unit, isExact: texts.every((text, i) => Number(text) * factor === values[i]) };
  });
  const exact = told.filter(({ isExact }) => isExact);
  return exact.sort((a, b) => a.texts.join().length - b.texts.join().length)[0] ?? told[0]!;
}

function quantity(value: number, units: Unit[]): string {
  const { texts, unit } = inOneUnit([value], units);
  return texts[0]! + unit;
}

const LENGTHS: Unit[] = [
  ['km', METERS.km!],
  ['mi', METERS.mi!],
];
const TIMES: Unit[] = [
  ['min', SECONDS.min!],
  ['h', SECONDS.h!],
];

const point = ({ lat, lon }: Location): string => `${plain(lat, 12)},${plain(lon, 12)}`;

function span({ min, max }: DaysWish['perDay']): string {
  const { texts, unit } = inOneUnit([min, max], LENGTHS);
  return texts.join('-') + unit;
}

function startOf(start: StartWish): Record<string, string | false> {
  if (start.by === 'trailhead') return { trailhead: start.id };
  if (start.by === 'point') return { start: point(start.at) };
  const { near, drive, isDriveByDefault } = start;
  return {
    near: near.at ? point(near.at) : near.name,
    drive:
      !isDriveByDefault && (drive.meters === null ? quantity(drive.seconds, TIMES) : quantity(drive.meters, LENGTHS)),
  };
}

/** As a link shows it: a comma and a colon may stand in a query as they are (RFC 3986 3.4). */
const encoded = (value: string): string => encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':');

/**
 * The query that asks for a wish: from what was understood, so that all spellings of one question lead to one link.
 * @returns from the question mark on; what has its default is left out; `readWish` reads the same wish from it
 */
export function writeWish(wish: Wish): string {
  const { start, lengthMeters, minAscentMeters, maxAscentMeters, maxDifficulty, directionDegrees, days } = wish;
  const parameters: Record<string, string | false> = {
    ...startOf(start),
    length: quantity(lengthMeters, [LENGTHS[0]!]),
    minAscent: minAscentMeters !== null && `${minAscentMeters}m`,
    maxAscent: maxAscentMeters !== null && `${maxAscentMeters}m`,
    maxDifficulty: maxDifficulty !== null && `T${maxDifficulty}`,
    date: wish.date ?? false,
    days: days !== null && String(days.days),
    perDay: days !== null && span(days.perDay),
    direction: directionDegrees !== null && COMPASS[directionDegrees / 45]!,
    count: wish.count !== DEFAULT_COUNT && String(wish.count),
    seed: wish.seed !== DEFAULT_SEED && String(wish.seed),
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== false);
  return `?${given.map(([name, value]) => `${name}=${encoded(value)}`).join('&')}`;
}
