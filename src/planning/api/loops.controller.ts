import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { invalidParameter, Problem, requestSignal } from '../../runtime/door.js';
import type { Answer } from '../loops/answer.js';
import { resting } from '../network/turns.js';
import { MalformedLoopId } from '../planner/loop-id.js';
import { Planning } from '../planning.js';
import { readNothing, readWish } from '../wish/read-wish.js';
import type { Wish } from '../wish/wish.js';
import { askerOf } from './asker.js';
import { aboutData, loopCollection } from './format/collection.js';
import { featureText, type LoopFeature, loopFeature } from './format/geojson.js';
import { gpxDocument, loopTitle } from './format/gpx.js';
import { largeText } from './large-text.js';
import { asProblem } from './problems.js';
import { queryPipe } from './query.pipe.js';

/** An answer is the same until data is imported; so long a cache may not notice. */
const CACHE = 'public, max-age=60';

const GEOJSON = 'application/geo+json';
const GPX = 'application/gpx+xml';

const wishPipe = queryPipe(readWish);
/** What is not asked must not make an answer of its own in a cache. */
const nothingPipe = queryPipe(readNothing);

@Controller('v1')
export class LoopsController {
  constructor(private readonly planning: Planning) {}

  @Get('loops')
  async find(
    @Query(wishPipe) wish: Wish,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const answer = await this.#find(wish, request);
    response.type(GEOJSON).setHeader('Cache-Control', answer.truncated ? 'no-store' : CACHE);
    return largeText(await loopCollection(answer), response);
  }

  @Get('loops.gpx')
  async findGpx(
    @Query(wishPipe) wish: Wish,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | Buffer> {
    const { edition, loops, nothing, truncated } = await this.#find(wish, request);
    response.type(GPX).setHeader('Cache-Control', truncated ? 'no-store' : CACHE);
    response.attachment('loops.gpx');
    const name = nothing ? `No loops: ${nothing.detail}` : `${loops.length} loops`;
    const rest = resting();
    const features: LoopFeature[] = [];
    for (const found of loops) features.push(await loopFeature(found, rest));
    return largeText(await gpxDocument(features, { name, ...aboutData(edition) }, rest), response);
  }

  @Get('loops/:id.gpx')
  async oneGpx(
    @Param('id') id: string,
    @Query(nothingPipe) _query: object,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { edition, feature } = await this.#byId(id, request);
    response.type(GPX).setHeader('Cache-Control', CACHE);
    response.attachment('loop.gpx');
    return gpxDocument([feature], { name: loopTitle(feature), ...aboutData(edition) });
  }

  @Get('loops/:id')
  async one(
    @Param('id') id: string,
    @Query(nothingPipe) _query: object,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { edition, feature } = await this.#byId(id, request);
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return featureText(feature, aboutData(edition));
  }

  #find(wish: Wish, request: Request): Promise<Answer> {
    return asProblem(this.planning.loops(wish, requestSignal, askerOf(request)));
  }

  async #byId(id: string, request: Request) {
    try {
      const { edition, found } = await asProblem(this.planning.loop(id, requestSignal, askerOf(request)));
      return { edition, feature: await loopFeature(found) };
    } catch (error) {
      if (!(error instanceof MalformedLoopId)) throw error;
      const detail = 'id is not the id of a loop, as /v1/loops gives it.';
      throw new Problem(invalidParameter, detail, { errors: [{ parameter: 'id', given: id.slice(0, 100), detail }] });
    }
  }
}
