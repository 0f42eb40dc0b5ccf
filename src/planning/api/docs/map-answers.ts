import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { ZOOMS } from '../format/map-facts.js';
import type { Examples } from './examples.js';
import { bbox } from './parts.js';
import { answer, tileOf } from './responses.js';

const MAP = 'Map';

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

const tilePath = z.object({
  version: z.string().meta({ param: { description: 'As /v1/map names it', example: 'current' } }),
  layer: z.enum(Object.keys(ZOOMS) as [string, ...string[]]).meta({
    param: {
      description: '`map`: vector tiles of all that is drawn. `contour`: vector tiles of lines of equal height. `relief`: heights as the colours of a PNG (“terrarium”)',
      example: 'map',
    },
  }),
  z: z.int().min(5).max(14).meta({ param: { description: 'Zoom', example: 10 } }),
  x: z.int().min(0).meta({ param: { description: 'Column, from the antimeridian eastwards', example: 0 } }),
  y: z.int().min(0).meta({ param: { description: 'Row, from the north', example: 0 } }),
});
