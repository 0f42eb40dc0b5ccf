import { once } from 'node:events';
import { createServer, get, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { Lifecycle } from '../process/lifecycle.js';
import { ClientGone, type EdgeOptions, edge } from './edge.js';
import { InFlight, type OpenRequest } from './in-flight.js';
import { requestContext, requestSignal } from './request-context.js';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

type Done = [requestId: string, status: number];

/** A server that is nothing but the edge and one handler. */
async function serve(
  handler: (response: ServerResponse) => void,
  deadlineMs = 60_000,
  refusal: string | null = null,
  more: Partial<EdgeOptions> = {},
) {
  const inFlight = new InFlight();
  const lifecycle = new Lifecycle();
  lifecycle.enter('ready');
  const done: Done[] = [];
  const middleware = edge({
    lifecycle,
    inFlight,
    deadlineMs,
    tooMuch: () => refusal,
    ...more,
    onDone: ({ requestId }, status) => done.push([requestId, status]),
  });
  server = createServer((req, res) => middleware(req, res, () => handler(res)));
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  return { inFlight, lifecycle, done, url: `http://127.0.0.1:${port}/` };
}

async function ask(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const [response] = (await once(request(url, { headers, method }).end(), 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

const open = { anyPageMayRead: true };

it('gives every answer a request id, and lets no other page read it', async () => {
  const { url } = await serve((response) => response.end(requestContext.getStore()?.requestId));
  const { headers, body } = await ask(url, { 'x-request-id': 'from-nginx-1' });
  expect(headers['x-request-id']).toBe('from-nginx-1');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(body).toBe('from-nginx-1');
});

it('lets any page read its answers where it is told to', async () => {
  const { url } = await serve((response) => response.end(), 60_000, null, open);
  expect((await ask(url)).headers['access-control-allow-origin']).toBe('*');
});

it('leaves a preflight to the application', async () => {
  const { url } = await serve((response) => response.end('mine'));
  expect(await ask(url, { origin: 'https://example.org' }, 'OPTIONS')).toMatchObject({ status: 200, body: 'mine' });
});

it('answers a preflight itself where any page may read', async () => {
  const unreached = () => {
    throw new Error('must not be reached');
  };
  const { url } = await serve(unreached, 60_000, null, open);
  const { status, headers } = await ask(url, { origin: 'https://example.org' }, 'OPTIONS');
  expect(status).toBe(204);
  expect(headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS');
});

it('answers 503 at the deadline and tells the handler', async () => {
  const { promise, resolve } = Promise.withResolvers<AbortSignal>();
  const { url, inFlight, done } = await serve(() => resolve(requestSignal()), 20);
  const { status, headers, body } = await ask(url);
  expect(status).toBe(503);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(headers['retry-after']).toBe('1');
  expect(JSON.parse(body)).toMatchObject({ type: '/problems/deadline-exceeded', status: 503, instance: '/' });
  expect((await promise).aborted).toBe(true);
  await inFlight.none();
  expect(done).toEqual([[headers['x-request-id'], 503]]);
});

it('lets a handler have more time, or less, or none that ends', async () => {
  const asked = Promise.withResolvers<OpenRequest>();
  const { url, inFlight } = await serve((response) => {
    const mine = [...inFlight].at(-1) as OpenRequest;
    mine.giveTime(20);
    if (response.req.url === '/feed') {
      mine.stream();
      asked.resolve(mine);
    }
  });
  expect((await ask(url)).status).toBe(503);
  const feed = get(`${url}feed`).on('error', () => {});
  const mine = await asked.promise;
  // Longer than the deadline that was taken away.
  expect((await ask(url)).status).toBe(503);
  expect([mine.deadlineMs, mine.isStream, mine.signal.aborted]).toEqual([Number.POSITIVE_INFINITY, true, false]);
  feed.destroy();
});

it('takes what is answered as server-sent events for a stream, however late it is', async () => {
  const { url, inFlight } = await serve((response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
    const [mine] = inFlight;
    setTimeout(() => response.end(`data: ${mine.isStream}\n\n`), 60);
  }, 20);
  const { body } = await ask(url);
  expect(body).toBe('data: 1\n\ndata: true\n\n');
});

it('tells the handler that its client has gone away', async () => {
  const reached = Promise.withResolvers<AbortSignal>();
  const { url, inFlight, done } = await serve(() => reached.resolve(requestSignal()));
  const asked = get(url).on('error', () => {});
  const signal = await reached.promise;
  expect(signal.aborted).toBe(false);
  asked.destroy();
  await once(signal, 'abort');
  expect(signal.reason).toBeInstanceOf(ClientGone);
  await inFlight.none();
  expect(done.map(([, status]) => status)).toEqual([499]);
});

it('hands a late asker a signal that has already aborted', async () => {
  const reached = Promise.withResolvers<ServerResponse>();
  const { url, inFlight } = await serve((response) => reached.resolve(response));
  const asked = get(url).on('error', () => {});
  await reached.promise;
  const [open] = inFlight;
  asked.destroy();
  await inFlight.none();
  expect(open?.signal.aborted).toBe(true);
});

it('counts what is in flight and what was served', async () => {
  const reached = Promise.withResolvers<ServerResponse>();
  const { url, inFlight } = await serve((response) => reached.resolve(response));
  const asked = ask(url);
  const response = await reached.promise;
  expect(inFlight.count).toBe(1);
  response.end('done');
  await asked;
  await inFlight.none();
  expect([inFlight.count, inFlight.served]).toEqual([0, 1]);
});

it('closes the connection behind every answer while draining', async () => {
  const { url, lifecycle } = await serve((response) => response.end());
  lifecycle.enter('draining');
  expect((await ask(url)).headers.connection).toBe('close');
});

it('refuses at once when there is too much to do, but never a health check', async () => {
  const { url, inFlight } = await serve((response) => response.end('well'), 60_000, 'it is late');
  const { status, headers, body } = await ask(url);
  expect([status, headers['retry-after'], inFlight.served]).toEqual([503, '1', 0]);
  expect(JSON.parse(body)).toMatchObject({
    type: '/problems/overloaded',
    detail: expect.stringContaining('it is late'),
  });
  expect(await ask(`${url}readyz`)).toMatchObject({ status: 200, body: 'well' });
});

it('counts light requests apart: plans that are too many refuse no tile, and tiles no plan', async () => {
  const held: ServerResponse[] = [];
  const counts: number[][] = [];
  const most = 1;
  const { url, inFlight } = await serve((response) => void held.push(response), 60_000, null, {
    isLight: (path) => path.startsWith('/tiles/'),
    tooMuch: (isLight) => (inFlight.countOf(isLight) >= most ? 'as many as there may be' : null),
    onDone: () => {},
  });
  const open = async (path: string): Promise<void> => {
    const before = held.length;
    request(url + path)
      .on('error', () => {})
      .end();
    while (held.length === before) await new Promise(setImmediate);
    counts.push([inFlight.countOf(false), inFlight.countOf(true)]);
  };
  await open('plan');
  await open('tiles/1');
  expect(counts).toEqual([
    [1, 0],
    [1, 1],
  ]);
  expect((await ask(`${url}plan`)).status).toBe(503);
  expect((await ask(`${url}tiles/2`)).status).toBe(503);
  for (const response of held) response.end();
  while (inFlight.count > 0) await new Promise(setImmediate);
  expect([inFlight.countOf(false), inFlight.countOf(true)]).toEqual([0, 0]);
});
