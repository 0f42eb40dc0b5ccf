import { z } from 'zod';
import { LONGEST_METERS } from '../planner/loop-request.js';
import { looksLikeCoordinates, readCoordinates } from './coordinates.js';
import {
  ascentForm,
  compassForm,
  dateForm,
  driveForm,
  gradeForm,
  lengthForm,
  lengthSpanForm,
  nameForm,
  nearForm,
  pointForm,
  trailheadForm,
  wholeForm,
} from './forms.js';
import {
  BadValue,
  COMPASS,
  readAscent,
  readDate,
  readDifficulty,
  readDirection,
  readDrive,
  readLength,
  readLengths,
  readWhole,
} from './quantities.js';
import { type ParameterFault, parameter } from './read-query.js';
import type { Near } from './wish.js';

function readName(text: string): string {
  // As names are compared: what is made of letters counts as those (database/fold-name.ts).
  if (!/[\p{L}\p{N}]/u.test(text.normalize('NFKD'))) throw new BadValue('holds no letter');
  return text.trim();
}

function readNear(text: string): Near {
  return looksLikeCoordinates(text) ? { at: readCoordinates(text), name: null } : { at: null, name: readName(text) };
}

/** `n123`, `w456`, `r789`, `s12`. */
function readTrailhead(text: string): string {
  if (!/^[a-z]\d{1,20}$/.test(text))
    throw new BadValue('is not the id of a trailhead, such as w123456 (see /v1/trailheads)');
  return text;
}

const near = parameter(readNear, {
  description:
    'Where you are: `LAT,LON` in decimal degrees, or the name of a place. Loops start at trailheads within the drive from there.',
  examples: ['Ordino', '42.5565,1.5332'],
  form: nearForm,
});

export const DEFAULT_DRIVE = '30min';
export const DEFAULT_COUNT = 3;
export const DEFAULT_SEED = 0;
export const DEFAULT_PLACES = 10;

const drive = parameter(readDrive, {
  description: `How far you are willing to drive from \`near\`, one way: a time or a distance along the road. ${DEFAULT_DRIVE} unless given.`,
  examples: ['45min', '30km', '1h', '20mi'],
  // No default in the form: a client that fills it in would send it beside `trailhead` or `start` too.
  form: driveForm,
}).optional();

export const loopsQuery = z.object({
  near: near.optional(),
  drive,
  trailhead: parameter(readTrailhead, {
    description: 'Start at this trailhead: an id as in `/v1/trailheads`.',
    examples: ['w123456'],
    form: trailheadForm,
  }).optional(),
  start: parameter(readCoordinates, {
    description: 'Start at the junction of the trail network nearest to `LAT,LON`.',
    examples: ['42.5565,1.5332'],
    form: pointForm,
  }).optional(),
  length: parameter(readLength, {
    description:
      'How long the loop should be, with its unit. From 0.5km to 200km. May be left out with `days` and `perDay`, and is then that many days in the middle of the span.',
    examples: ['15km', '9mi'],
    form: lengthForm,
  }).optional(),
  minAscent: parameter(readAscent, {
    description: 'Least ascent of the whole loop, with its unit.',
    examples: ['600m', '2000ft'],
    form: ascentForm,
  }).optional(),
  maxAscent: parameter(readAscent, {
    description: 'Most ascent of the whole loop, with its unit.',
    examples: ['900m', '3000ft'],
    form: ascentForm,
  }).optional(),
  maxDifficulty: parameter(readDifficulty, {
    description:
      'Highest grade of the SAC hiking scale on the way. Ways of unknown grade are allowed and told: `ungradedMeters` says how much of the loop they are.',
    examples: ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'],
    form: gradeForm,
  }).optional(),
  days: parameter((text) => readWhole(text, 2, 14), {
    description:
      'Cut the loop into so many days, 2 to 14, that end at huts, shelters or camp sites at most 500 m off the loop. Goes with `perDay`.',
    examples: ['3'],
    form: wholeForm(2, 14),
  }).optional(),
  perDay: parameter(readLengths, {
    description: 'Least and most length of each day, the way to the place to sleep and back counted. Goes with `days`.',
    examples: ['14-20km', '9-12mi'],
    form: lengthSpanForm,
  }).optional(),
  direction: parameter(readDirection, {
    description: 'Where the whole loop should lie, seen from its start.',
    examples: COMPASS,
    form: compassForm,
  }).optional(),
  date: parameter(readDate, {
    description:
      'The day of the walk: what is closed on it is left out, what is open then alone is used. Without it ways that are closed at times are used and told, and those of the winter are left out.',
    examples: ['2027-06-21'],
    form: dateForm,
  }).optional(),
  count: parameter((text) => readWhole(text, 1, 10), {
    description: `How many loops, 1 to 10. ${DEFAULT_COUNT} unless given.`,
    examples: ['3'],
    form: wholeForm(1, 10).default(DEFAULT_COUNT),
  }).optional(),
  seed: parameter((text) => readWhole(text, 0, 2_147_483_647), {
    description: `Another number gives another set of loops; the same number gives the same. ${DEFAULT_SEED} unless given.`,
    examples: ['0', '7'],
    form: wholeForm(0, 2_147_483_647).default(DEFAULT_SEED),
  }).optional(),
});

export type LoopsQuery = z.output<typeof loopsQuery>;

/** @returns what is wrong with parameters that fit each by itself */
export function wishFaults({ minAscent, maxAscent, length, days, perDay }: LoopsQuery): ParameterFault[] {
  const faults: ParameterFault[] = [];
  if (minAscent !== undefined && maxAscent !== undefined && minAscent > maxAscent) {
    const accepted = 'an ascent of at most maxAscent';
    faults.push({ parameter: 'minAscent', accepted, detail: 'minAscent is more than maxAscent.' });
  }
  if (days !== undefined && perDay !== undefined) {
    const [least, most] = [days * perDay.min, Math.min(LONGEST_METERS, days * perDay.max)];
    const accepted = `a length of ${least / 1000}km to ${most / 1000}km, or none`;
    if (least > LONGEST_METERS) {
      faults.push({
        parameter: 'days',
        accepted: 'at most 200km in all',
        detail: 'days of that length are too long together.',
      });
    } else if (length !== undefined && (length < least || length > most)) {
      faults.push({ parameter: 'length', accepted, detail: `length cannot be cut into ${days} days of that length.` });
    }
  }
  return faults;
}

/** Exactly one way of saying where to start, and what belongs together. */
export function nameFaults(given: ReadonlySet<string>): ParameterFault[] {
  const ways = ['near', 'trailhead', 'start'].filter((name) => given.has(name));
  const accepted = 'near=LAT,LON or near=NAME (with drive=45min or drive=30km), or trailhead=ID, or start=LAT,LON';
  const faults: ParameterFault[] = [];
  if (ways.length === 0)
    faults.push({ parameter: 'near', accepted, detail: 'Say where to start: near, trailhead or start is missing.' });
  if (ways.length > 1) {
    faults.push({
      parameter: ways[1]!,
      accepted,
      detail: `${ways.join(' and ')} exclude each other: give one of them.`,
    });
  }
  if (!given.has('length') && !given.has('days')) {
    faults.push({ parameter: 'length', accepted: '15km, 9mi', detail: 'length is missing.' });
  }
  for (const [one, other] of [
    ['days', 'perDay'],
    ['perDay', 'days'],
  ] as const) {
    if (given.has(one) && !given.has(other)) {
      faults.push({
        parameter: other,
        accepted: 'days=3 with perDay=14-20km',
        detail: `${other} is missing: ${one} needs it.`,
      });
    }
  }
  if (given.has('drive') && ways.length > 0 && !given.has('near')) {
    faults.push({ parameter: 'drive', accepted: 'drive together with near', detail: 'drive goes with near alone.' });
  }
  return faults;
}

export const trailheadsQuery = z.object({ near, drive });
export type TrailheadsQuery = z.output<typeof trailheadsQuery>;

export const placesQuery = z.object({
  q: parameter(readName, {
    description: 'The beginning of a name, or of a word in it; capitals and accents do not matter.',
    examples: ['ordino', 'sant jul'],
    form: nameForm,
  }),
  count: parameter((text) => readWhole(text, 1, 50), {
    description: `How many places, 1 to 50. ${DEFAULT_PLACES} unless given.`,
    examples: ['10'],
    form: wholeForm(1, 50).default(DEFAULT_PLACES),
  }).optional(),
});
/** No parameters: any is one too many. */
export const regionsQuery = z.object({});
