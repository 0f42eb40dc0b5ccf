import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { notFound, Problem, problemTypes } from '../../../runtime/door.js';
import type { Database } from '../../database/connect.js';
import { DATABASE } from '../../database/database.module.js';
import { type OpenApiDocument, openApiDocument } from './openapi.js';
import { docsPage, problemPage, problemsPage } from './pages.js';

const CACHE = 'public, max-age=300';
const ANY_PLACE = 'Ordino';

/** The interface described, for programs and for people. */
@Controller()
export class DocsController {
  #document: OpenApiDocument | undefined;

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  @Get('openapi.json')
  @Header('Cache-Control', CACHE)
  openApi(): OpenApiDocument {
    this.#document ??= openApiDocument();
    return this.#document;
  }

  @Get('docs')
  @Header('Cache-Control', CACHE)
  async docs(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.type('html');
    return docsPage(this.openApi(), await this.#somePlace());
  }

  @Get('problems')
  @Header('Cache-Control', CACHE)
  problems(@Res({ passthrough: true }) response: Response): string {
    response.type('html');
    return problemsPage(problemTypes());
  }

  @Get('problems/:slug')
  @Header('Cache-Control', CACHE)
  problem(@Param('slug') slug: string, @Res({ passthrough: true }) response: Response): string {
    const type = problemTypes().find((each) => each.slug === slug);
    if (!type) throw new Problem(notFound, 'There is no problem of this kind. /problems lists those there are.');
    response.type('html');
    return problemPage(type);
  }

  /** A settlement of the data there is, so that the examples lead somewhere; the page must come without a database too. */
  async #somePlace(): Promise<string> {
    try {
      const place = await this.db
        .selectFrom('region')
        .innerJoin('place', 'place.edition', 'region.edition')
        .select('place.name')
        .where('place.kind', 'in', ['town', 'village'])
        .limit(1)
        .executeTakeFirst();
      return place?.name ?? ANY_PLACE;
    } catch {
      return ANY_PLACE;
    }
  }
}
