import { z } from 'zod';
import { CAUTIONS } from '../../network/network.js';
import { gradeForm, trailheadForm } from '../../wish/forms.js';
import { bbox, link, location, meters } from './parts.js';

const LONGEST_ID = 2_000;

export const loopId = z
  .string()
  .max(LONGEST_ID)
  .regex(/^[A-Za-z0-9_-]+$/)
  .meta({ id: 'LoopId', description: 'Rebuilds this very loop: /v1/loops/ID' });

const warning = z
  .strictObject({
    code: z.enum([
      'long-approach',
      'length-off',
      'ascent-off',
      'overlap',
      'unknown-difficulty',
      'unknown-heights',
      'one-way',
      'truncated',
      'closed-at-times',
      ...CAUTIONS,
    ]),
    detail: z.string(),
  })
  .meta({ id: 'Warning', description: 'How a loop differs from what was asked, or what to mind on it.' });

const stay = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    kind: z.enum(['alpine_hut', 'wilderness_hut', 'shelter', 'camp_site']),
    location,
    offMeters: z.int().min(0).max(500).describe('From the loop, straight'),
  })
  .meta({ id: 'Stay', description: 'Where a day ends.' });

const day = z
  .strictObject({
    day: z.int().min(1),
    lengthMeters: meters('The way to the place to sleep and back counted'),
    ascentMeters: z.number().min(0).nullable(),
    descentMeters: z.number().min(0).nullable(),
    durationSeconds: z.int().min(0),
    fromMeters: meters('Where on the loop the day begins'),
    toMeters: meters('Where on the loop it ends'),
    sleepAt: stay.nullable().describe('Null on the last day'),
  })
  .meta({ id: 'Day', description: 'One day of a walk of several.' });

const start = z
  .strictObject({
    id: trailheadForm.nullable().describe('For `trailhead=`; null when the walk starts at a point of your own'),
    name: z.string().nullable(),
    location,
    driveMeters: z.int().min(0).nullable().describe('Null where no drive was asked for'),
    driveSeconds: z.int().min(0).nullable(),
  })
  .meta({ id: 'LoopStart', description: 'Where the walk begins and ends.' });

const title = z.strictObject({ kind: z.enum(['route', 'trail', 'trailhead']), name: z.string() }).meta({
  id: 'LoopTitle',
  description: 'The hiking route or the trail that most of a loop follows, else its trailhead.',
});

const loopProperties = z
  .strictObject({
    lengthMeters: meters('Length of the whole walk'),
    ascentMeters: z
      .number()
      .min(0)
      .nullable()
      .describe('Sum of all climbs of 10 m and more, in metres; null where the elevation is unknown'),
    descentMeters: z.number().min(0).nullable().describe('The same downwards'),
    ascentAtLeastMeters: meters('Climbed on the stretches whose heights are known: a bound where some are not'),
    descentAtLeastMeters: meters('The same downwards'),
    unknownHeightMeters: meters('Length of the stretches whose heights are not known'),
    durationSeconds: z
      .int()
      .min(0)
      .describe(
        'Walking time without breaks after DIN 33466, the formula of the Alpine clubs; see /docs. At least so long where heights are unknown',
      ),
    overlapMeters: meters('Walked a second time on or right beside the same way, the approach left aside'),
    approachMeters: meters('Out and back on a dead end because nothing else leads to the round, both ways together'),
    trailShare: z
      .number()
      .min(0)
      .max(1)
      .describe('Share of the length on paths and tracks rather than roads, pavements and squares'),
    difficulty: gradeForm.nullable().describe('Highest known grade on the way; null when none is known'),
    ungradedMeters: meters('Length of the trails on the way whose grade is not known'),
    trailhead: start,
    days: z.array(day).optional().describe('Only when `days` was asked for'),
    title: title.nullable().describe('What it may be called after; null where nothing has a name'),
    names: z.array(z.string()).describe('Trails and hiking routes followed, in order, none twice'),
    warnings: z.array(warning),
    links: z.strictObject({ self: link('This loop'), gpx: link('The same as GPX') }).meta({ id: 'LoopLinks' }),
  })
  .meta({ id: 'LoopProperties' });

const line = z.array(z.array(z.number()).min(2).max(3)).min(2);

const loopGeometry = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('LineString'),
        coordinates: line.describe(
          'Longitude, latitude and, where known, metres above the sea; the last point is the first',
        ),
      })
      .meta({ id: 'LineString' }),
    z
      .strictObject({
        type: z.literal('MultiLineString'),
        coordinates: z
          .array(line)
          .min(2)
          .describe('The same in the order of walking, where the loop crosses the antimeridian: it is cut there'),
      })
      .meta({ id: 'MultiLineString' }),
  ])
  .meta({ id: 'LoopGeometry', description: 'The whole walk; a MultiLineString only across the antimeridian.' });

export const loopFeatureShape = {
  type: z.literal('Feature'),
  id: loopId,
  bbox: bbox('As in RFC 7946 5: west is greater than east where the antimeridian lies between'),
  geometry: loopGeometry,
  properties: loopProperties,
};

export const loopFeature = z.strictObject(loopFeatureShape).meta({ id: 'Loop', description: 'A GeoJSON Feature.' });
