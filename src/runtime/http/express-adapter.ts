import { hash } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Response } from 'express';

/** Longer answers are seldom given twice, and their text is not to be held. */
const REMEMBERED_MAX = 4_096;

/** What Node would refuse without a word is the edge's to refuse; and what is late is noticed soon after. */
const serverOptions = { requireHostHeader: false, maxHeaderSize: 32 * 2 ** 10, connectionsCheckingInterval: 1_000 };

/** Weak, because nginx compresses on the way; one call into native code, because most answers are small. */
export const etagOf = (body: Buffer | string): string => `W/"${hash('sha1', body, 'base64url')}"`;

/** Nest's adapter for Express, with less work where every request passes; what it answers is the same. */
export class QuickExpressAdapter extends ExpressAdapter {
  #text = '';
  #etag = etagOf('');

  /**
   * @param bodyMaxBytes what Nest's own parsers accept; an application that brings a parser sets its own limit there
   * @param exactPaths whether `/A` and `/a/` are other paths than `/a`
   */
  constructor(
    private readonly bodyMaxBytes = 100 * 2 ** 10,
    exactPaths = false,
  ) {
    super();
    // Nest's constructor has made the router by now, so that Express's own settings come too late.
    Object.assign(this.getInstance<Express>().router, { caseSensitive: exactPaths, strict: exactPaths });
    this.set('etag', etagOf);
  }

  /**
   * Express gives each request and response its own prototype, and changing that of an object that has been made is slow:
   * here they are made with it. Classes, because plain functions that call Node's constructors measured slower than Express.
   */
  override initHttpServer(): void {
    const app: Omit<Express, 'request' | 'response'> & { request: object; response: object } = this.getInstance();
    class ExpressRequest extends IncomingMessage {}
    class ExpressResponse extends ServerResponse {}
    Object.setPrototypeOf(ExpressRequest.prototype, app.request);
    Object.setPrototypeOf(ExpressResponse.prototype, app.response);
    app.request = ExpressRequest.prototype;
    app.response = ExpressResponse.prototype;
    this.setHttpServer(
      createServer(
        { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse, ...serverOptions },
        app as Express,
      ),
    );
  }

  /** As Nest does it where an application has brought no parser, but for the limit. */
  override registerParserMiddleware(_prefix?: string, rawBody = false): void {
    const limit = this.bodyMaxBytes;
    const { router } = this.getInstance<Express>();
    const isThere = (name: string) => router.stack.some(({ handle }) => handle?.name === name);
    if (!isThere('jsonParser')) this.useBodyParser('json', rawBody, { limit });
    if (!isThere('urlencodedParser')) this.useBodyParser('urlencoded', rawBody, { limit, extended: true });
  }

  /**
   * The usual case, a text for a GET without conditions: Node joins a text to its headers and writes both in one piece,
   * where Express would make a buffer of it, which goes out as a second piece. All else is Express's to answer.
   */
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    // Nest takes bytes for an object and would write them as JSON.
    if (Buffer.isBuffer(body) && statusCode === undefined) return response.send(body);
    const { method, headers } = response.req;
    const usual =
      typeof body === 'string' &&
      statusCode === undefined &&
      response.statusCode === 200 &&
      method === 'GET' &&
      headers['if-none-match'] === undefined &&
      headers['if-modified-since'] === undefined &&
      response.getHeader('Content-Type')?.toString().endsWith('; charset=utf-8');
    if (!usual) return super.reply(response, body, statusCode);
    response.setHeader('ETag', this.#etagOf(body));
    response.setHeader('Content-Length', Buffer.byteLength(body));
    return response.end(body);
  }

  #etagOf(text: string): string {
    if (text === this.#text) return this.#etag;
    const etag = etagOf(text);
    if (text.length <= REMEMBERED_MAX) {
      this.#text = text;
      this.#etag = etag;
    }
    return etag;
  }
}
