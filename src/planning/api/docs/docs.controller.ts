import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { notFound, Problem, problemTypes, requestSignal } from '../../../runtime/door.js';
import type { Database } from '../../database/connect.js';
import { DATABASE } from '../../database/database.module.js';
import { Planning } from '../../planning.js';
import { assetOf, RELEASE, swaggerFolder } from './assets.js';
import { type Examples, examplesOf, SAMPLE_EXAMPLES, stateOf, tileExample } from './examples.js';
import { openApiDocument } from './openapi.js';
import { docsPage, PAGE_HEADERS, problemPage, problemsPage } from './pages.js';

const CACHE = 'public, max-age=300';
const CACHE_FOR_EVER = 'public, max-age=31536000, immutable';

/** The interface described, for programs and for people. */
@Controller()
export class DocsController {
  /** The document as text, and the state of the data that its examples are from. */
  #last: { state: string | null; text: string } | undefined;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly planning: Planning,
  ) {}

  @Get('openapi.json')
  @Header('Cache-Control', CACHE)
  @Header('Content-Type', 'application/json; charset=utf-8')
  async openApi(): Promise<string> {
    try {
      const state = await stateOf(this.db);
      if (this.#last?.state !== state) {
        const tile = tileExample(await this.planning.map(requestSignal));
        this.#write(state, { ...(await examplesOf(this.db)), tile });
      }
    } catch {
      // It must come without a database too.
      if (!this.#last) this.#write(null, SAMPLE_EXAMPLES);
    }
    return this.#last!.text;
  }

  @Get('docs')
  docs(@Res({ passthrough: true }) response: Response): string {
    return asPage(response, docsPage());
  }

  /** What another release of the program has linked to is given too, since both run side by side for a moment. */
  @Get('docs/assets/:release/:name')
  asset(@Param('release') release: string, @Param('name') name: string, @Res() response: Response): void {
    const asset = assetOf(name);
    if (!asset) throw new Problem(notFound, 'The pages load no such file.');
    response.setHeader('Cache-Control', release === RELEASE ? CACHE_FOR_EVER : 'no-cache');
    if ('text' in asset) response.type(name).send(asset.text);
    else response.sendFile(asset.file, { root: swaggerFolder, cacheControl: false });
  }

  @Get('problems')
  problems(@Res({ passthrough: true }) response: Response): string {
    return asPage(response, problemsPage(problemTypes()));
  }

  @Get('problems/:slug')
  problem(@Param('slug') slug: string, @Res({ passthrough: true }) response: Response): string {
    const type = problemTypes().find((each) => each.slug === slug);
    if (!type) throw new Problem(notFound, 'There is no problem of this kind. /problems lists those there are.');
    return asPage(response, problemPage(type));
  }

  #write(state: string | null, examples: Examples): void {
    this.#last = { state, text: JSON.stringify(openApiDocument(examples)) };
  }
}

function asPage(response: Response, html: string): string {
  response.type('html').set(PAGE_HEADERS).setHeader('Cache-Control', CACHE);
  return html;
}
