import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { requestSignal } from '../../runtime/door.js';
import type { Database } from '../database/connect.js';
import { DATABASE } from '../database/database.module.js';
import type { Edition } from '../database/editions.js';
import { searchPlaces } from '../places/places.js';
import { placeCollection, regionList, trailheadCollection } from './collection.js';
import {
  type PlacesQuery,
  placesQuery,
  regionsQuery,
  type TrailheadsQuery,
  trailheadsQuery,
} from './query/loops-query.js';
import { queryPipe } from './query/query-pipe.js';
import { Regions } from './regions.js';
import { steadily } from './steadily.js';
import { TrailheadsService } from './trailheads.service.js';

const GEOJSON = 'application/geo+json';
const CACHE = 'public, max-age=60';
const DEFAULT_COUNT = 10;

/** What there is to start from: regions, places, trailheads. */
@Controller('v1')
export class PlacesController {
  /** The most asked of all answers, written once for each state of the data. */
  readonly #lists = new WeakMap<Edition[], string>();

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly trailheads: TrailheadsService,
    private readonly regions: Regions,
  ) {}

  @Get('trailheads')
  async around(
    @Query(queryPipe(trailheadsQuery)) { near, drive }: TrailheadsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const found = await steadily(requestSignal, this.regions, () => this.trailheads.around(near, drive));
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return trailheadCollection(found);
  }

  @Get('places')
  async search(
    @Query(queryPipe(placesQuery)) { q, count = DEFAULT_COUNT }: PlacesQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const answer = await steadily(requestSignal, this.regions, async () => {
      const editions = await this.regions.current();
      const ids = editions.map(({ id }) => id);
      return placeCollection(await searchPlaces(this.db, ids, q, count), editions);
    });
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return answer;
  }

  @Get('regions')
  async list(
    @Query(queryPipe(regionsQuery)) _query: object,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const editions = await steadily(requestSignal, this.regions, () => this.regions.current());
    response.setHeader('Content-Type', 'application/json; charset=utf-8').setHeader('Cache-Control', CACHE);
    let body = this.#lists.get(editions);
    if (body === undefined) {
      body = JSON.stringify(regionList(editions));
      this.#lists.set(editions, body);
    }
    return body;
  }
}
