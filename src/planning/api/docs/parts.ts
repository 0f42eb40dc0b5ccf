import { z } from 'zod';
import { PLACE_KINDS } from '../../network/region.js';

/** What several answers are made of. Each has a name (`id`), so that a generated client has one type for it. */
export const meters = (about: string) => z.number().min(0).describe(`${about}, in metres`);

export const bbox = (about: string) => z.array(z.number()).min(4).max(6).describe(about);

/** A path of this server with its query. */
export const link = (about: string) => z.string().meta({ format: 'uri-reference', description: about });

export const location = z
  .strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
  .meta({ id: 'Location', description: 'Decimal degrees, WGS 84.' });

export const point = z
  .strictObject({
    type: z.literal('Point'),
    coordinates: z.array(z.number()).length(2).describe('Longitude, latitude'),
  })
  .meta({ id: 'Point', description: 'A GeoJSON Point.' });

export const placeKind = z.enum(PLACE_KINDS).meta({ id: 'PlaceKind', description: 'What bears the name.' });

/** The edition of a region that an answer was made from. */
export const data = {
  region: z.string().describe('The region whose data was used'),
  dataDate: z.iso.date().nullable().describe('When that data was true; null when it does not say'),
  synthetic: z.boolean().describe('true: this is no real place but made up, for trying out'),
  attribution: z.string().describe('Whom to name wherever the answer is shown'),
};

export const driveTaken = z
  .strictObject({
    limitMeters: z.number().nullable(),
    limitSeconds: z.number().nullable(),
    byDefault: z.boolean().describe('true: no `drive` was given'),
    roadMeters: z.number().describe('From the place to where the drive begins, straight'),
  })
  .meta({ id: 'DriveTaken', description: 'How far the drive may be, as it was understood.' });

const otherPlace = z
  .strictObject({ name: z.string(), kind: placeKind, location })
  .meta({ id: 'OtherPlace', description: 'Another place that a name may mean.' });

export const placeTaken = z
  .strictObject({
    name: z.string().nullable().describe('Null where `near` was a point'),
    kind: placeKind.nullable(),
    location,
    others: z
      .array(otherPlace)
      .optional()
      .describe('Set when the name may as well mean another place: give its coordinates as `near` to mean that one'),
  })
  .meta({ id: 'PlaceTaken', description: 'What `near` was taken to mean.' });
