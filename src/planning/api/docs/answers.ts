import { z } from 'zod';
import { gradeForm, trailheadForm } from '../../wish/forms.js';
import { loopFeature, loopFeatureShape } from './loop-feature.js';
import { bbox, data, driveTaken, link, location, meters, placeKind, placeTaken, point } from './parts.js';

/**
 * What the API answers, for the OpenAPI document and for the tests that hold real answers to it. Nothing is checked or
 * changed by these at run time. They are strict for the tests; the document leaves answers open.
 */
const wish = z
  .strictObject({
    lengthMeters: z.number(),
    minAscentMeters: z.number().nullable(),
    maxAscentMeters: z.number().nullable(),
    maxDifficulty: gradeForm.nullable(),
    directionDegrees: z.number().nullable().describe('From north through east'),
    date: z.iso.date().nullable().describe('The day of the walk'),
    count: z.int(),
    seed: z.int(),
    days: z.int().optional(),
    perDayMeters: z.array(z.number()).length(2).optional(),
  })
  .meta({ id: 'Wish', description: 'The question as it was understood.' });

const search = z
  .strictObject({
    wish,
    place: placeTaken.optional(),
    drive: driveTaken.optional(),
    trailheads: z
      .strictObject({ reachable: z.int().min(0), plannedFrom: z.array(trailheadForm) })
      .optional()
      .describe('How many can be driven to, and those that loops were planned from'),
    trailhead: trailheadForm.optional(),
    start: location.optional(),
    junction: location.optional(),
  })
  .meta({ id: 'Search', description: 'What was searched, so that the answer can be understood and asked again.' });

const why = z
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
  .meta({ id: 'Why', description: 'Why nothing was found.' });

const nearest = z
  .strictObject({
    lengthMeters: z.number(),
    ascentMeters: z.number().nullable(),
    trailhead: trailheadForm.nullable(),
  })
  .meta({ id: 'Nearest', description: 'A loop there is that comes near to the wish.' });

export const loopsAnswer = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: z.array(loopFeature),
    search,
    why: why.optional().describe('Only when nothing was found'),
    nearest: z.array(nearest).optional().describe('Only when nothing was found, and where known'),
    truncated: z.boolean().describe('true: time ran out, and a second try may find better ones'),
    budgetReached: z
      .boolean()
      .describe('true: the work that may be done for one question was done before every trailhead was planned from'),
    ...data,
    links: z.strictObject({ self: link('This answer'), gpx: link('The same as GPX') }).meta({ id: 'LoopsLinks' }),
  })
  .meta({ id: 'Loops', description: 'A GeoJSON FeatureCollection, best loop first.' });

export const loopAnswer = z
  .strictObject({ ...loopFeatureShape, ...data })
  .meta({ id: 'SingleLoop', description: 'A GeoJSON Feature.' });

const onwards = z.strictObject({ loops: link('Loops of 15 km from here') }).meta({ id: 'StartLinks' });

const trailhead = z
  .strictObject({
    type: z.literal('Feature'),
    id: trailheadForm,
    geometry: point,
    properties: z
      .strictObject({
        name: z.string().nullable(),
        driveMeters: z.int().min(0),
        driveSeconds: z.int().min(0),
        walkToTrailMeters: meters('From the parking to the junction where walks begin'),
        links: onwards,
      })
      .meta({ id: 'TrailheadProperties' }),
  })
  .meta({ id: 'Trailhead', description: 'A GeoJSON Feature: a parking where walks begin.' });

export const trailheadsAnswer = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: z.array(trailhead),
    search: z.strictObject({ place: placeTaken, drive: driveTaken }).meta({ id: 'TrailheadSearch' }),
    ...data,
  })
  .meta({ id: 'Trailheads', description: 'A GeoJSON FeatureCollection, nearest by car first.' });

const place = z
  .strictObject({
    type: z.literal('Feature'),
    id: z.string(),
    geometry: point,
    properties: z
      .strictObject({
        name: z.string(),
        kind: placeKind,
        population: z.int().nullable(),
        region: z.string(),
        synthetic: z.boolean(),
        match: z.enum(['name', 'beginning', 'word']).describe('What of the name answers to the search'),
        links: onwards,
      })
      .meta({ id: 'PlaceProperties' }),
  })
  .meta({ id: 'Place', description: 'A GeoJSON Feature.' });

export const placesAnswer = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: z.array(place),
    attribution: z.string().describe('Whom to name wherever the answer is shown'),
  })
  .meta({ id: 'Places', description: 'A GeoJSON FeatureCollection, best match first.' });

const counts = z
  .strictObject({
    junctions: z.int(),
    segments: z.int(),
    trailMeters: z.number(),
    roadMeters: z.number(),
    trailheads: z.int(),
    places: z.int(),
    stays: z.int(),
  })
  .meta({ id: 'RegionCounts', description: 'What a region holds.' });

const region = z
  .strictObject({
    name: z.string(),
    bbox: bbox('West, south, east, north in degrees; west is greater than east where the antimeridian lies between'),
    dataDate: z.iso.date().nullable().describe('When its data was true; null when it does not say'),
    importedAt: z.iso.datetime(),
    synthetic: z.boolean(),
    hasElevation: z.boolean(),
    counts,
    attribution: z.string().describe('Whom to name wherever an answer over this region is shown'),
  })
  .meta({ id: 'Region' });

export const regionsAnswer = z.strictObject({ regions: z.array(region) }).meta({ id: 'RegionList' });

const fault = z
  .strictObject({
    parameter: z.string(),
    given: z.string().optional().describe('Cut short where it is long'),
    accepted: z.string().optional(),
    detail: z.string(),
  })
  .meta({ id: 'ParameterFault', description: 'One thing wrong with one parameter.' });

const regionBounds = z
  .strictObject({ name: z.string(), bbox: bbox('West, south, east, north in degrees') })
  .meta({ id: 'RegionBounds' });

export const problemAnswer = z
  .looseObject({
    type: z.string().meta({
      format: 'uri-reference',
      description:
        'A path of this server: the page there explains this kind of problem. `about:blank`: the title says all.',
    }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().optional().meta({ format: 'uri-reference', description: 'The path that was asked for' }),
    requestId: z.string().optional().describe('Finds the request in the log'),
    errors: z.array(fault).optional(),
    suggestions: z.array(z.string()).optional().describe('With unknown-place: names that look alike'),
    regions: z.array(regionBounds).optional().describe('With outside-regions: where there is data'),
  })
  .meta({ id: 'Problem', description: 'An error as RFC 9457 writes it.' });
