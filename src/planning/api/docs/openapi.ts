import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiOverride } from 'zod-openapi';
import '../problems.js';
import { loopAnswer, loopsAnswer, placesAnswer, regionsAnswer, trailheadsAnswer } from './answers.js';
import type { Examples } from './examples.js';
import { MAP, mapOperations } from './map-answers.js';
import { loopPath, queries } from './parameters.js';
import { answer, gpx, refusals } from './responses.js';

const LOOPS = 'Loops';
const STARTS = 'Where to start';
const GEOJSON = 'application/geo+json';

const loopsDescription =
  'Give one of `near` (with `drive`), `trailhead` and `start`, and `length`, or `days` with `perDay`; anything else is a 400 that says so. The same question on the same data always gets the same answer. Nothing found is no error: `features` is then empty, and `why` and `nearest` say what there is instead.';

const byIdDescription = 'The id alone rebuilds the very loop. When the data has changed under it, the answer is 410.';

const firstLoop = { id: '$response.body#/features/0/id' };
const links = {
  firstLoop: { operationId: 'getLoop', parameters: firstLoop, description: 'The best loop alone' },
  firstLoopGpx: { operationId: 'getLoopGpx', parameters: firstLoop, description: 'The best loop as GPX' },
};

/** By path; all of them are read with GET. */
function operations(examples: Examples): Record<string, ZodOpenApiOperationObject> {
  const query = queries(examples);
  const path = loopPath(examples);
  const and = refusals();
  return {
    '/v1/loops': {
      operationId: 'findLoops',
      summary: 'Hiking loops of the length you ask for',
      description: loopsDescription,
      tags: [LOOPS],
      requestParams: { query: query.loops },
      responses: { 200: answer(GEOJSON, loopsAnswer, 'Loops, best first', links), ...and(422) },
    },
    '/v1/loops.gpx': {
      operationId: 'findLoopsGpx',
      summary: 'The same as GPX',
      description: loopsDescription,
      tags: [LOOPS],
      requestParams: { query: query.loops },
      responses: { 200: gpx, ...and(422) },
    },
    '/v1/loops/{id}': {
      operationId: 'getLoop',
      summary: 'One loop by its id',
      description: byIdDescription,
      tags: [LOOPS],
      requestParams: { path },
      responses: { 200: answer(GEOJSON, loopAnswer, 'The loop'), ...and(410) },
    },
    '/v1/loops/{id}.gpx': {
      operationId: 'getLoopGpx',
      summary: 'One loop as GPX',
      description: byIdDescription,
      tags: [LOOPS],
      requestParams: { path },
      responses: { 200: gpx, ...and(410) },
    },
    '/v1/trailheads': {
      operationId: 'findTrailheads',
      summary: 'Trailheads within a drive',
      description: 'Parkings beside the trail network that can be driven to from a place, nearest first.',
      tags: [STARTS],
      requestParams: { query: query.trailheads },
      responses: { 200: answer(GEOJSON, trailheadsAnswer, 'Trailheads'), ...and(422) },
    },
    '/v1/places': {
      operationId: 'searchPlaces',
      summary: 'Places by name',
      description: 'Towns, villages, peaks, lakes and huts whose name, or a word in it, begins so; best match first.',
      tags: [STARTS],
      requestParams: { query: query.places },
      responses: { 200: answer(GEOJSON, placesAnswer, 'Places'), ...and() },
    },
    '/v1/regions': {
      operationId: 'listRegions',
      summary: 'The regions that have been imported',
      description: 'Their bounds, the date of their data, what they hold and whom to name.',
      tags: [STARTS],
      responses: { 200: answer('application/json', regionsAnswer, 'Regions by name'), ...and() },
    },
    ...mapOperations(examples, and),
  };
}

const description = `Public and read-only: every resource is a GET, no key is needed, and any web page may ask (CORS). Errors are problem+json (RFC 9457), name each parameter at fault, and are explained at [/problems](/problems). A parameter that is not described here is refused. Answers may get further members: a client should pass over those it does not know.

The program is free under Apache-2.0. The data is not part of it: \`attribution\` says under whose licence an answer stands, and whom to name where it is shown.

## How the figures come about

**Length** is measured along the line as it is drawn, on the sphere. **Ascent** is the sum of all climbs of at least 10 m along the whole walk: smaller ones are noise of the elevation model. Where the elevation is unknown, it is \`null\` and never zero.

**Duration** is the walking time after DIN 33466, the formula that the Alpine clubs use: 4 km an hour on the flat; 300 m of ascent or 500 m of descent an hour; of the horizontal and the vertical time the larger counts whole and the smaller half. Breaks are not in it. Where the ascent is unknown, only the length counts.

**Approach** is a dead end between the start and the round, walked out and back because nothing else exists. A loop of which more than a fifth is approach comes last and carries a warning. **Overlap** is what is walked twice besides.

**Days** end at a hut, shelter or camp site that is at most 500 m from the loop, straight; that way is counted in the day that ends there and in the next one.

**Driving** is by the speeds that the map gives each road, without traffic.`;

const simplify: ZodOpenApiOverride = ({ jsonSchema, io }) => {
  // A further member in an answer must break no client.
  if (io === 'output') delete jsonSchema.additionalProperties;
  // Their pattern says in a hundred characters what the format says in one word.
  if (jsonSchema.format === 'date' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // zod-openapi leaves what it has read beside a reference.
  delete jsonSchema.param;
};

/**
 * The whole interface as OpenAPI 3.1, from the schemas that read the queries and those that the tests hold answers to.
 * Probes of health are not in it: they are for those inside.
 */
export function openApiDocument(examples: Examples) {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Loopwright',
        version: '1',
        summary: 'Plans hiking loops of the length you ask for, on real trails, within the drive you accept.',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        contact: { name: 'Whoever runs this server' },
      },
      servers: [{ url: '/', description: 'This server' }],
      security: [],
      tags: [
        { name: LOOPS, description: 'Closed walks.' },
        { name: STARTS, description: 'Places, trailheads and the regions there is data for.' },
        { name: MAP, description: 'The map that was drawn of the regions when they were imported.' },
      ],
      paths: Object.fromEntries(Object.entries(operations(examples)).map(([path, get]) => [path, { get }])),
    },
    { override: simplify },
  );
}
