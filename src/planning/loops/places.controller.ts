import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { requestSignal } from '../../runtime/http/request-context.js';
import type { Database } from '../database/connect.js';
import { DATABASE } from '../database/database.module.js';
import { currentEditions } from '../database/editions.js';
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
import { steadily } from './steadily.js';
import { TrailheadsService } from './trailheads.service.js';

const GEOJSON = 'application/geo+json';
const CACHE = 'public, max-age=60, stale-while-revalidate=600';
const DEFAULT_COUNT = 10;

/** What there is to start from: regions, places, trailheads. */
@Controller('v1')
export class PlacesController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly trailheads: TrailheadsService,
  ) {}

  @Get('trailheads')
  async around(
    @Query(queryPipe(trailheadsQuery)) { near, drive }: TrailheadsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const found = await steadily(requestSignal(), () => this.trailheads.around(near, drive));
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return trailheadCollection(found);
  }

  @Get('places')
  async search(
    @Query(queryPipe(placesQuery)) { q, count = DEFAULT_COUNT }: PlacesQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const answer = await steadily(requestSignal(), async () => {
      const editions = await currentEditions(this.db);
      const ids = editions.map(({ id }) => id);
      return placeCollection(await searchPlaces(this.db, ids, q, count), editions);
    });
    response.type(GEOJSON).setHeader('Cache-Control', CACHE);
    return answer;
  }

  @Get('regions')
  async regions(
    @Query(queryPipe(regionsQuery)) _query: object,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const editions = await steadily(requestSignal(), () => currentEditions(this.db));
    response.setHeader('Cache-Control', CACHE);
    return regionList(editions);
  }
}
