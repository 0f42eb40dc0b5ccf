import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { requestSignal } from '../../runtime/door.js';
import type { Edition } from '../database/editions.js';
import { Planning } from '../planning.js';
import { type PlacesWish, readDriveWish, readNothing, readPlacesWish } from '../wish/read-wish.js';
import type { DriveWish } from '../wish/wish.js';
import { placeCollection, regionList, trailheadCollection } from './format/collection.js';
import { asProblem } from './problems.js';
import { queryPipe } from './query.pipe.js';

const GEOJSON = 'application/geo+json';
const CACHE = 'public, max-age=60';

/** What there is to start from: regions, places, trailheads. */
@Controller('v1')
export class PlacesController {
  /** The most asked of all answers, written once for each state of the data. */
  readonly #lists = new WeakMap<Edition[], string>();

  constructor(private readonly planning: Planning) {}

  @Get('trailheads')
  async around(
    @Query(queryPipe(readDriveWish)) wish: DriveWish,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const around = await asProblem(this.planning.trailheads(wish, requestSignal));
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return trailheadCollection(around);
  }

  @Get('places')
  async search(
    @Query(queryPipe(readPlacesWish)) wish: PlacesWish,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const { places, editions } = await this.planning.places(wish, requestSignal);
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return placeCollection(places, editions);
  }

  @Get('regions')
  async list(
    @Query(queryPipe(readNothing)) _query: object,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const editions = await this.planning.regions(requestSignal);
    response.setHeader('Content-Type', 'application/json; charset=utf-8').setHeader('Cache-Control', CACHE);
    let body = this.#lists.get(editions);
    if (body === undefined) {
      body = JSON.stringify(regionList(editions));
      this.#lists.set(editions, body);
    }
    return body;
  }
}
