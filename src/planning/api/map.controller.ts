import { gunzipSync } from 'node:zlib';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestSignal } from '../../runtime/door.js';
import { Planning } from '../planning.js';
import { readNothing } from '../wish/read-wish.js';
import { mapFacts } from './format/map-facts.js';
import { tileAddress } from './format/tile-address.js';
import { asProblem } from './problems.js';
import { queryPipe } from './query.pipe.js';

const VECTOR = 'application/vnd.mapbox-vector-tile';

/** A version's tiles never change: another import makes another version, and so other addresses. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The map of the imported regions, drawn when they were imported. */
@Controller('v1/map')
export class MapController {
  constructor(private readonly planning: Planning) {}

  @Get()
  async facts(
    @Query(queryPipe(readNothing)) _query: object,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const state = await this.planning.map(requestSignal);
    response.setHeader('Content-Type', 'application/json; charset=utf-8').setHeader('Cache-Control', 'no-cache');
    return JSON.stringify(mapFacts(state));
  }

  @Get(':version/:layer/:z/:x/:y')
  async tile(
    @Param() params: Record<string, string>,
    @Query(queryPipe(readNothing)) _query: object,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const [layer, z, x, y] = tileAddress(params);
    const { version = '' } = params;
    const body = await asProblem(this.planning.mapTile(version, [layer, z, x, y], requestSignal));
    response.setHeader('Cache-Control', FOR_EVER);
    // Weak, because it may be sent packed or not.
    response.setHeader('ETag', `W/"${version}-${layer}-${z}-${x}-${y}"`);
    if (!body) {
      response.status(204).end();
      return;
    }
    response.setHeader('Content-Type', layer === 'relief' ? 'image/png' : VECTOR);
    if (layer === 'relief') {
      response.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
      return;
    }
    response.setHeader('Vary', 'Accept-Encoding');
    // Who says nothing of packing takes it, as a proxy does that unpacks for whoever cannot.
    if (request.headers['accept-encoding'] === undefined || request.acceptsEncodings('gzip')) {
      response.setHeader('Content-Encoding', 'gzip');
      response.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
    } else response.send(gunzipSync(body));
  }
}
