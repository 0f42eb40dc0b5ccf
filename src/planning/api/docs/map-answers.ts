import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { ZOOMS } from '../format/map-facts.js';
import type { Examples } from './examples.js';
import { bbox } from './parts.js';
import { answer, nothing, type refusals, tileOf } from './responses.js';

export const MAP = 'Map';
const VECTOR_TILE = 'application/vnd.mapbox-vector-tile';

const zoomRange = z.strictObject({ min: z.int(), max: z.int() }).meta({ id: 'ZoomRange' });

const drawnRegion = z
  .strictObject({
    name: z.string(),
    bbox: bbox('West, south, east, north in degrees; west is greater than east where the antimeridian lies between'),
  })
  .meta({ id: 'MapRegion' });

export const mapAnswer = z
  .strictObject({
    version: z.string().nullable().describe('Part of the address of each tile; null when no region has a map'),
    regions: z.array(drawnRegion).describe('The regions that the map shows'),
    withoutMap: z.array(z.string()).describe('Names of regions that were imported without a map'),
    minzoom: z.int(),
    maxzoom: z.int(),
    zooms: z
      .strictObject({ map: zoomRange, contour: zoomRange, relief: zoomRange })
      .describe('The zooms that each layer has tiles of; closer views enlarge the last'),
    hasElevation: z.boolean().describe('Whether there are contours and a relief'),
    attribution: z.string().describe('Whom to name wherever the map is shown'),
    tiles: z.string().nullable().describe('The address of a tile, with braces where its numbers go'),
  })
  .meta({ id: 'Map', description: 'The map that is made of the imported regions.' });

const whole = (most: number) => z.int().min(0).max(most);
const LAYERS = Object.keys(ZOOMS) as [string, ...string[]];
const zooms = Object.values(ZOOMS);
const FIRST = Math.min(...zooms.map(({ min }) => min));
const LAST = Math.max(...zooms.map(({ max }) => max));

const layerDescription =
  '`map`: vector tiles of all that is drawn. `contour`: vector tiles of lines of equal height. `relief`: heights as the colours of a PNG, in the encoding that is called terrarium.';

/** The path of one tile. */
function tilePath({ tile }: Examples) {
  const [zoom, column, row] = tile?.at ?? [];
  const about = (description: string, example: string | number | undefined) => ({
    param: { description, ...(example !== undefined && { example }) },
  });
  const last = 2 ** LAST - 1;
  return z.object({
    version: z.string().meta(about('The version of the map, as /v1/map names it', tile?.version)),
    layer: z.enum(LAYERS).meta(about(layerDescription, tile ? 'map' : undefined)),
    z: z.int().min(FIRST).max(LAST).meta(about('The zoom; /v1/map tells which zooms a layer has', zoom)),
    x: whole(last).meta(about('The column, counted eastwards from the antimeridian', column)),
    y: whole(last).meta(about('The row, counted southwards', row)),
  });
}

/** By path, as `operations` of openapi.ts has them. @param and what each can be answered with besides */
export const mapOperations = (
  examples: Examples,
  and: ReturnType<typeof refusals>,
): Record<string, ZodOpenApiOperationObject> => ({
  '/v1/map': {
    operationId: 'getMap',
    summary: 'The map there is',
    description: 'Which version it has, where it reaches and where its tiles are.',
    tags: [MAP],
    responses: { 200: answer('application/json', mapAnswer, 'What one has to know to show the map'), ...and() },
  },
  '/v1/map/{version}/{layer}/{z}/{x}/{y}': {
    operationId: 'getTile',
    summary: 'A tile of the map',
    description:
      'In the numbering of the web’s maps (EPSG:3857, y from the north). A version never changes: another import makes another version, the old one answers 404 from then on, and /v1/map names the new one.',
    tags: [MAP],
    requestParams: { path: tilePath(examples) },
    responses: { 200: tileOf(VECTOR_TILE, 'image/png'), 204: nothing('There is nothing in this tile'), ...and() },
  },
});
