import { z } from 'zod';
import { PLACE_KINDS } from '../../network/region.js';

/**
 * What the API answers, for the OpenAPI document and for the tests that hold real answers to it. Nothing is checked or
 * changed by these at run time.
 */
const meters = (about: string) => z.number().min(0).describe(`${about}, in metres`);
const bbox = (about: string) => z.array(z.number()).min(4).max(6).describe(about);

const location = z
  .strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
  .meta({ id: 'Location', description: 'Decimal degrees, WGS 84.' });

const point = z.strictObject({
  type: z.literal('Point'),
  coordinates: z.array(z.number()).length(2).describe('Longitude, latitude'),
});

const pointFeatures = <P extends z.ZodObject>(properties: P) =>
  z.array(z.strictObject({ type: z.literal('Feature'), id: z.string(), geometry: point, properties }));

const data = {
  region: z.string().describe('The region whose data was used'),
  dataDate: z.string().describe('When that data was true, ISO 8601'),
  synthetic: z.boolean().describe('true: this is no real place but made up, for trying out'),
  attribution: z.string().describe('Whom to name wherever the answer is shown'),
};

const warning = z
  .strictObject({
    code: z.enum([
      'long-approach',
      'length-off',
      'ascent-off',
      'overlap',
      'unknown-difficulty',
      'one-way',
      'truncated',
    ]),
    detail: z.string(),
  })
  .meta({ id: 'Warning', description: 'How a loop differs from what was asked, or what to mind on it.' });

const sacGrade = z.enum(['T1', 'T2', 'T3', 'T4', 'T5', 'T6']).nullable();

const day = z
  .strictObject({
    day: z.int().min(1),
    lengthMeters: meters('The way to the place to sleep and back counted'),
    ascentMeters: z.number().min(0).nullable(),
    descentMeters: z.number().min(0).nullable(),
    durationSeconds: z.int().min(0),
    fromMeters: meters('Where on the loop the day begins'),
    toMeters: meters('Where on the loop it ends'),
    sleepAt: z
      .strictObject({
        id: z.string(),
        name: z.string().nullable(),
        kind: z.enum(['alpine_hut', 'wilderness_hut', 'shelter', 'camp_site']),
        location,
        offMeters: z.int().min(0).max(500).describe('From the loop, straight'),
      })
      .nullable()
      .describe('Null on the last day'),
  })
  .meta({ id: 'Day' });

const loopProperties = z
  .strictObject({
    lengthMeters: meters('Length of the whole walk'),
    ascentMeters: z
      .number()
      .min(0)
      .nullable()
      .describe('Sum of all climbs of 10 m and more, in metres; null where the elevation is unknown'),
    descentMeters: z.number().min(0).nullable().describe('The same downwards'),
    durationSeconds: z
      .int()
      .min(0)
      .describe('Walking time without breaks after DIN 33466, the formula of the Alpine clubs; see /docs'),
    overlapMeters: meters('Walked a second time on or right beside the same way, the approach left aside'),
    approachMeters: meters('Out and back on a dead end because nothing else leads to the round, both ways together'),
    trailShare: z.number().min(0).max(1).describe('Share of the length on paths and tracks rather than roads'),
    difficulty: sacGrade.describe('Highest known grade of the SAC hiking scale on the way; null when none is known'),
    trailhead: z
      .strictObject({
        id: z.string().nullable().describe('For `trailhead=`; null when the walk starts at a point of your own'),
        name: z.string().nullable(),
        location,
        driveMeters: z.int().min(0).nullable().describe('Null where no drive was asked for'),
        driveSeconds: z.int().min(0).nullable(),
      })
      .describe('Where the walk begins and ends'),
    days: z.array(day).optional().describe('Only when `days` was asked for'),
    names: z.array(z.string()).describe('Trails and hiking routes followed, in order'),
    warnings: z.array(warning),
    links: z.strictObject({ self: z.string(), gpx: z.string() }),
  })
  .meta({ id: 'LoopProperties' });

const line = z.array(z.array(z.number()).min(2).max(3)).min(2);

const loopGeometry = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('LineString'),
      coordinates: line.describe(
        'Longitude, latitude and, where known, metres above the sea; the last point is the first',
      ),
    }),
    z.strictObject({
      type: z.literal('MultiLineString'),
      coordinates: z
        .array(line)
        .min(2)
        .describe('The same in the order of walking, where the loop crosses the antimeridian: it is cut there'),
    }),
  ])
  .meta({ id: 'LoopGeometry', description: 'The whole walk; a MultiLineString only across the antimeridian.' });

const loopFeatureShape = {
  type: z.literal('Feature'),
  id: z.string().max(400).describe('Rebuilds this very loop: /v1/loops/ID'),
  bbox: bbox('As in RFC 7946 5: west is greater than east where the antimeridian lies between'),
  geometry: loopGeometry,
  properties: loopProperties,
};

const loopFeature = z.strictObject(loopFeatureShape).meta({ id: 'Loop', description: 'A GeoJSON Feature.' });

const drive = z.strictObject({
  limitMeters: z.number().nullable(),
  limitSeconds: z.number().nullable(),
  byDefault: z.boolean().describe('true: no `drive` was given'),
  roadMeters: z.number().describe('From the place to where the drive begins, straight'),
});

const placeTaken = z.strictObject({
  name: z.string().nullable(),
  kind: z.enum(PLACE_KINDS).nullable(),
  location,
  others: z
    .array(z.strictObject({ name: z.string(), kind: z.enum(PLACE_KINDS), location }))
    .optional()
    .describe('Set when the name may as well mean another place: give its coordinates as `near` to mean that one'),
});

const search = z
  .strictObject({
    wish: z
      .strictObject({
        lengthMeters: z.number(),
        minAscentMeters: z.number().nullable(),
        maxAscentMeters: z.number().nullable(),
        maxDifficulty: sacGrade,
        directionDegrees: z.number().nullable().describe('From north through east'),
        count: z.int(),
        seed: z.int(),
        days: z.int().optional(),
        perDayMeters: z.array(z.number()).length(2).optional(),
      })
      .describe('The question as it was understood'),
    place: placeTaken.optional(),
    drive: drive.optional(),
    trailheads: z.strictObject({ reachable: z.int().min(0), plannedFrom: z.array(z.string()) }).optional(),
    trailhead: z.string().optional(),
    start: location.optional(),
    junction: location.optional(),
  })
  .meta({ id: 'Search', description: 'What was searched, so that the answer can be understood and asked again.' });

export const loopsAnswer = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: z.array(loopFeature),
    search,
    why: z
      .strictObject({
        reason: z.enum([
          'island',
          'too-small',
          'ascent',
          'difficulty',
          'direction',
          'not-found',
          'no-trailhead',
          'no-stay',
        ]),
        detail: z.string(),
      })
      .optional()
      .describe('Only when nothing was found'),
    nearest: z
      .array(
        z.strictObject({
          lengthMeters: z.number(),
          ascentMeters: z.number().nullable(),
          trailhead: z.string().nullable(),
        }),
      )
      .optional()
      .describe('Only when nothing was found: the loops there are that come nearest to the wish, where known'),
    truncated: z.boolean().describe('true: time ran out, and a second try may find better ones'),
    budgetReached: z
      .boolean()
      .describe('true: the work that may be done for one question was done before every trailhead was planned from'),
    ...data,
    links: z.strictObject({ self: z.string(), gpx: z.string() }),
  })
  .meta({ id: 'Loops', description: 'A GeoJSON FeatureCollection, best loop first.' });

export const loopAnswer = z
  .strictObject({ ...loopFeatureShape, ...data })
  .meta({ id: 'SingleLoop', description: 'A GeoJSON Feature.' });

export const trailheadsAnswer = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: pointFeatures(
      z.strictObject({
        name: z.string().nullable(),
        driveMeters: z.int().min(0),
        driveSeconds: z.int().min(0),
        walkToTrailMeters: meters('From the parking to the junction where walks begin'),
        links: z.strictObject({ loops: z.string() }),
      }),
    ),
    search: z.strictObject({ place: placeTaken, drive }),
    ...data,
  })
  .meta({ id: 'Trailheads', description: 'A GeoJSON FeatureCollection, nearest by car first.' });

export const placesAnswer = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: pointFeatures(
      z.strictObject({
        name: z.string(),
        kind: z.enum(PLACE_KINDS),
        population: z.int().nullable(),
        region: z.string(),
        synthetic: z.boolean(),
        match: z.enum(['name', 'beginning', 'word']).describe('What of the name answers to the search'),
        links: z.strictObject({ loops: z.string() }),
      }),
    ),
    attribution: z.string(),
  })
  .meta({ id: 'Places', description: 'A GeoJSON FeatureCollection, best match first.' });

export const regionsAnswer = z
  .strictObject({
    regions: z.array(
      z.strictObject({
        name: z.string(),
        bbox: bbox(
          'West, south, east, north in degrees; west is greater than east where the antimeridian lies between',
        ),
        dataDate: z.string(),
        importedAt: z.string(),
        synthetic: z.boolean(),
        hasElevation: z.boolean(),
        counts: z.strictObject({
          junctions: z.int(),
          segments: z.int(),
          trailMeters: z.number(),
          roadMeters: z.number(),
          trailheads: z.int(),
          places: z.int(),
          stays: z.int(),
        }),
        attribution: z.string(),
      }),
    ),
  })
  .meta({ id: 'Regions' });

export const problemAnswer = z
  .looseObject({
    type: z.string().describe('A path of this server: the page there explains this kind of problem'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string().optional().describe('Finds the request in the log'),
    errors: z
      .array(
        z.strictObject({
          parameter: z.string(),
          given: z.unknown().optional(),
          accepted: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'An error as RFC 9457 writes it.' });
