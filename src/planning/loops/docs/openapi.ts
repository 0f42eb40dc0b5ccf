import { z } from 'zod';
import { problemTypes } from '../../../runtime/door.js';
import { loopsQuery, placesQuery, trailheadsQuery } from '../query/loops-query.js';
import { aboutParameter } from '../query/query-pipe.js';
import { loopAnswer, loopsAnswer, placesAnswer, problemAnswer, regionsAnswer, trailheadsAnswer } from './answers.js';

interface Parameter {
  name: string;
  in: 'query' | 'path';
  required: boolean;
  description: string;
  schema: object;
  example: string;
}

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: Parameter[];
  responses: Record<string, object>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: Record<string, unknown>;
  servers: object[];
  tags: { name: string; description: string }[];
  paths: Record<string, { get: Operation }>;
  components: { schemas: Record<string, object> };
}

function queryParameters(schema: z.ZodObject): Parameter[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, type]) => {
    const required = !type.safeParse(undefined).success;
    const { description, examples } = aboutParameter(type);
    return {
      name,
      in: 'query',
      required,
      description,
      schema: { type: 'string', maxLength: 200, examples },
      example: examples[0]!,
    };
  });
}

const idParameter: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of a loop, as /v1/loops gives it.',
  schema: { type: 'string', maxLength: 2000 },
  example: 'AQR3MTIzNDU2',
};

const headers = {
  ETag: {
    description: 'Give it back in If-None-Match to be told 304 when nothing has changed',
    schema: { type: 'string' },
  },
  'Cache-Control': { description: 'How long the answer may be kept', schema: { type: 'string' } },
  'X-Request-Id': { description: 'Finds the request in the log', schema: { type: 'string' } },
};

const answer = (type: string, schema: object, description: string) => ({
  description,
  headers,
  content: { [type]: { schema } },
});
const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const gpx = answer(
  'application/gpx+xml',
  { type: 'string' },
  'GPX 1.1: one track a loop, cut into segments at the antimeridian, with elevation where it is known',
);

/** @param statuses of the problems that the operation can answer with */
function problems(...statuses: number[]): Record<string, object> {
  return Object.fromEntries(
    statuses.map((status) => {
      const titles = problemTypes().filter((type) => type.status === status);
      return [
        String(status),
        {
          description: titles.map(({ title, slug }) => `${title} (/problems/${slug})`).join('; '),
          content: { 'application/problem+json': { schema: component('Problem') } },
        },
      ];
    }),
  );
}

const loopsDescription =
  'Give one of `near` (with `drive`), `trailhead` and `start`, and `length`. The same question on the same data always gets the same answer. Nothing found is no error: `features` is then empty, and `why` and `nearest` say what there is instead.';

const get = (operation: Operation) => ({ get: operation });

function paths(): OpenApiDocument['paths'] {
  const loops = ['Loops'];
  const starts = ['Where to start'];
  const server = ['Server'];
  const planned = problems(400, 422, 503);
  return {
    '/v1/loops': get({
      operationId: 'findLoops',
      summary: 'Hiking loops of the length you ask for',
      description: loopsDescription,
      tags: loops,
      parameters: queryParameters(loopsQuery),
      responses: { 200: answer('application/geo+json', component('Loops'), 'Loops, best first'), ...planned },
    }),
    '/v1/loops.gpx': get({
      operationId: 'findLoopsGpx',
      summary: 'The same as GPX',
      description: loopsDescription,
      tags: loops,
      parameters: queryParameters(loopsQuery),
      responses: { 200: gpx, ...planned },
    }),
    '/v1/loops/{id}': get({
      operationId: 'getLoop',
      summary: 'One loop by its id',
      description: 'The id alone rebuilds the very loop. When the data has changed under it, the answer is 410.',
      tags: loops,
      parameters: [idParameter],
      responses: {
        200: answer('application/geo+json', component('SingleLoop'), 'The loop'),
        ...problems(400, 410, 503),
      },
    }),
    '/v1/loops/{id}.gpx': get({
      operationId: 'getLoopGpx',
      summary: 'One loop as GPX',
      description: 'The id alone rebuilds the very loop. When the data has changed under it, the answer is 410.',
      tags: loops,
      parameters: [idParameter],
      responses: { 200: gpx, ...problems(400, 410, 503) },
    }),
    '/v1/trailheads': get({
      operationId: 'findTrailheads',
      summary: 'Trailheads within a drive',
      description: 'Parkings beside the trail network that can be driven to from a place, nearest first.',
      tags: starts,
      parameters: queryParameters(trailheadsQuery),
      responses: { 200: answer('application/geo+json', component('Trailheads'), 'Trailheads'), ...planned },
    }),
    '/v1/places': get({
      operationId: 'searchPlaces',
      summary: 'Places by name',
      description: 'Towns, villages, peaks, lakes and huts whose name, or a word in it, begins so; best match first.',
      tags: starts,
      parameters: queryParameters(placesQuery),
      responses: { 200: answer('application/geo+json', component('Places'), 'Places'), ...problems(400, 503) },
    }),
    '/v1/regions': get({
      operationId: 'listRegions',
      summary: 'The regions that have been imported',
      description: 'Their bounds, the date of their data, what they hold and whom to name.',
      tags: starts,
      parameters: [],
      responses: { 200: answer('application/json', component('Regions'), 'Regions by name'), ...problems(400, 503) },
    }),
    '/livez': get({
      operationId: 'isAlive',
      summary: 'Whether the process turns',
      description: 'For those who look after the server.',
      tags: server,
      parameters: [],
      responses: { 200: { description: 'It does' } },
    }),
    '/readyz': get({
      operationId: 'isReady',
      summary: 'Whether requests can be answered',
      description: 'Each check with its reason, for those who look after the server.',
      tags: server,
      parameters: [],
      responses: { 200: { description: 'They can' }, 503: { description: 'They cannot, and why' } },
    }),
  };
}

/** The schemas of all answers by their ids, in the dialect of OpenAPI 3.1. */
function schemas(): Record<string, object> {
  const all = [loopsAnswer, loopAnswer, trailheadsAnswer, placesAnswer, regionsAnswer, problemAnswer];
  const found: Record<string, object> = {};
  for (const schema of all) {
    const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'output' }) as Record<string, unknown>;
    const text = JSON.stringify({ [schema.meta()!.id!]: own, ...($defs as object) });
    Object.assign(found, JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')));
  }
  for (const schema of Object.values(found)) delete (schema as { id?: unknown }).id;
  return found;
}

/** The whole interface as OpenAPI 3.1; the same object for everybody who asks. */
export function openApiDocument(): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Loopwright',
      version: '1',
      summary: 'Plans hiking loops of the length you ask for, on real trails, within the drive you accept.',
      description:
        'Public and read-only: every resource is a GET, no key is needed, and any web page may ask (CORS). Errors are problem+json (RFC 9457) and name each parameter at fault.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Loops', description: 'Closed walks.' },
      { name: 'Where to start', description: 'Places, trailheads and the regions there is data for.' },
      { name: 'Server', description: 'For operators.' },
    ],
    paths: paths(),
    components: { schemas: schemas() },
  };
}
