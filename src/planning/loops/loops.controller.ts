import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { invalidParameter, Problem } from '../../runtime/door.js';
import { aboutData, loopCollection } from './collection.js';
import { gpxDocument, loopTitle } from './format/gpx.js';
import { MalformedLoopId } from './loop-id.js';
import { LoopsService } from './loops.service.js';
import { type LoopsQuery, loopsQuery, nameFaults, wishFaults } from './query/loops-query.js';
import { queryPipe } from './query/query-pipe.js';

/** An answer is the same until data is imported; so long a cache may not notice. */
const CACHE = 'public, max-age=60';

const GEOJSON = 'application/geo+json';
const GPX = 'application/gpx+xml';

const loopsPipe = queryPipe(loopsQuery, { names: nameFaults, values: wishFaults });

const queryOf = ({ originalUrl }: Request): string => /\?.*$/s.exec(originalUrl)?.[0] ?? '';

@Controller('v1')
export class LoopsController {
  constructor(private readonly loops: LoopsService) {}

  @Get('loops')
  async find(
    @Query(loopsPipe) query: LoopsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const found = await this.loops.find(query);
    response.type(GEOJSON).setHeader('Cache-Control', found.truncated ? 'no-store' : CACHE);
    return loopCollection(found, queryOf(request));
  }

  @Get('loops.gpx')
  async findGpx(@Query(loopsPipe) query: LoopsQuery, @Res({ passthrough: true }) response: Response): Promise<string> {
    const found = await this.loops.find(query);
    response.type(GPX).setHeader('Cache-Control', found.truncated ? 'no-store' : CACHE);
    response.attachment('loops.gpx');
    const name = found.why ? `No loops: ${found.why.detail}` : `${found.features.length} loops`;
    return gpxDocument(found.features, { name, ...aboutData(found.edition) });
  }

  @Get('loops/:id.gpx')
  async oneGpx(@Param('id') id: string, @Res({ passthrough: true }) response: Response): Promise<string> {
    const { edition, feature } = await this.#byId(id);
    response.type(GPX).setHeader('Cache-Control', CACHE);
    response.attachment('loop.gpx');
    return gpxDocument([feature], { name: loopTitle(feature), ...aboutData(edition) });
  }

  @Get('loops/:id')
  async one(@Param('id') id: string, @Res({ passthrough: true }) response: Response): Promise<unknown> {
    const { edition, feature } = await this.#byId(id);
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return { ...feature, ...aboutData(edition) };
  }

  async #byId(id: string) {
    try {
      return await this.loops.byId(id);
    } catch (error) {
      if (!(error instanceof MalformedLoopId)) throw error;
      const detail = 'id is not the id of a loop, as /v1/loops gives it.';
      throw new Problem(invalidParameter, detail, { errors: [{ parameter: 'id', given: id.slice(0, 100), detail }] });
    }
  }
}
