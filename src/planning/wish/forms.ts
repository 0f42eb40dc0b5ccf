import { z } from 'zod';
import { COMPASS } from './quantities.js';

/**
 * How the texts of parameters look, for the OpenAPI document: what a client can be made from. Nothing is read by these; the
 * functions that read are a little more generous (spaces, capitals) and say in words what is wrong.
 */
const form = (id: string, pattern: RegExp, description: string) =>
  z.string().max(40).regex(pattern).meta({ id, description });

/** Any printable characters. Written out, because what `\d` and `\s` hold differs from language to language. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const PRINTABLE = /^[^\u0000-\u001f\u007f]+$/;

const text = () => z.string().min(1).max(200).regex(PRINTABLE);

export const lengthForm = form(
  'Length',
  /^[0-9]{1,3}(\.[0-9]{1,6})?(km|mi)$/,
  'A length with its unit, from 0.5km to 200km.',
);

export const lengthSpanForm = form(
  'LengthSpan',
  /^[0-9]{1,3}(\.[0-9]{1,6})?-[0-9]{1,3}(\.[0-9]{1,6})?(km|mi)$/,
  'From one length to a longer one, with their unit.',
);

export const ascentForm = form(
  'Ascent',
  /^[0-9]{1,5}(\.[0-9]{1,6})?(m|ft)$/,
  'An ascent with its unit, from 0m to 20000m.',
);

export const driveForm = form(
  'Drive',
  /^[0-9]{1,3}(\.[0-9]{1,6})?(min|h|km|mi)$/,
  'A drive of at most 3h or 200km, with its unit.',
);

export const pointForm = form(
  'LatLon',
  /^[+-]?[0-9]{1,2}(\.[0-9]{1,20})?,[+-]?[0-9]{1,3}(\.[0-9]{1,20})?$/,
  'Latitude, longitude in decimal degrees, WGS 84.',
);

export const trailheadForm = form('TrailheadId', /^[a-z][0-9]{1,20}$/, 'The id of a trailhead.');

export const nearForm = text().meta({ id: 'Near', description: '`LAT,LON`, or the name of a place.' });

export const nameForm = text();

export const gradeForm = z
  .enum(['T1', 'T2', 'T3', 'T4', 'T5', 'T6'])
  .meta({ id: 'SacGrade', description: 'A grade of the SAC hiking scale, T1 the easiest.' });

export const compassForm = z.enum(COMPASS).meta({ id: 'CompassPoint', description: 'A point of the compass.' });

export const dateForm = z.iso.date().meta({ id: 'Date', description: 'A day of the calendar, ISO 8601.' });

export const wholeForm = (min: number, max: number) => z.int().min(min).max(max);
