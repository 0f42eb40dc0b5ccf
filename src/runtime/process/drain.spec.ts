import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { edge } from '../http/edge.js';
import { InFlight } from '../http/in-flight.js';
import { Draining } from '../http/problem.js';
import { drain } from './drain.js';
import { Lifecycle } from './lifecycle.js';

const long = { quietPeriodMs: 60_000, streamDrainMs: 60_000, drainCapMs: 120_000 };
let server: Server;
let agent: Agent;
afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

/** A worker of one route that answers when it is told to. */
async function worker() {
  const lifecycle = new Lifecycle();
  const inFlight = new InFlight();
  const told: string[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const waiting: ((response: ServerResponse) => void)[] = [];
  const atEdge = edge({ lifecycle, inFlight, deadlineMs: 60_000, tooMuch: () => null, onDone: () => {} });
  server = createServer((request, response) =>
    atEdge(request, response, () => {
      const next = waiting.shift();
      if (next) next(response);
      else response.end('at once');
    }),
  );
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await once(server.listen(0), 'listening');
  lifecycle.enter('ready');
  const { port } = server.address() as AddressInfo;
  const closePools = async () => {
    told.push(`pools closed with ${inFlight.count} in flight`);
  };
  return {
    drained: { server, inFlight, lifecycle, log, closePools },
    told,
    logged,
    port,
    /** @returns the answer, sent at once */
    async ask() {
      const [response] = (await once(get({ port, agent }), 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      return response;
    },
    /** @returns the answer to come, and the means to send it */
    async askAndWait() {
      const reached = new Promise<ServerResponse>((resolve) => waiting.push(resolve));
      const asked = get({ port, agent });
      const answer = (once(asked, 'response') as Promise<[IncomingMessage]>).catch((error: Error) => error);
      return { response: await reached, answer };
    },
  };
}

it('ends at once, with 0, when nobody is connected', async () => {
  const { drained, told } = await worker();
  await expect(drain(drained, long)).resolves.toBe(0);
  expect(drained.lifecycle.stage).toBe('stopped');
  expect(told).toEqual(['pools closed with 0 in flight']);
});

it('answers the request in flight, closing its connection, before it closes the pools', async () => {
  const { drained, told, askAndWait } = await worker();
  const { response, answer } = await askAndWait();
  const over = drain(drained, long);
  expect(drained.lifecycle.stage).toBe('draining');
  expect(told).toEqual([]);
  response.end('late but whole');
  const [received] = (await answer) as [IncomingMessage];
  expect(received.headers.connection).toBe('close');
  received.resume();
  await expect(over).resolves.toBe(0);
  expect(told).toEqual(['pools closed with 0 in flight']);
});

it('takes no new connection, yet answers once more on one that was idle', async () => {
  const { drained, ask, port } = await worker();
  expect((await ask()).headers.connection).toBe('keep-alive');
  const over = drain(drained, long);
  const refused = connect(port);
  await expect(once(refused, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const again = await ask();
  expect(again.statusCode).toBe(200);
  expect(again.headers.connection).toBe('close');
  await expect(over).resolves.toBe(0);
});

it('closes idle connections after the quiet period', async () => {
  const { drained, ask } = await worker();
  await ask();
  await expect(drain(drained, { ...long, quietPeriodMs: 10 })).resolves.toBe(0);
});

it('gives up at the cap, with 1, and says what was left', async () => {
  const { drained, logged, askAndWait } = await worker();
  const { answer } = await askAndWait();
  await expect(drain(drained, { quietPeriodMs: 10, streamDrainMs: 10, drainCapMs: 50 })).resolves.toBe(1);
  expect(logged).toEqual([
    expect.objectContaining({
      step: 'requests in flight',
      left: [expect.objectContaining({ method: 'GET', path: '/' })],
    }),
  ]);
  server.closeAllConnections();
  await answer;
});

it('gives up at the cap when a pool does not close', async () => {
  const { drained, logged } = await worker();
  const stuck = { ...drained, closePools: () => new Promise<void>(() => {}) };
  await expect(drain(stuck, { quietPeriodMs: 10, streamDrainMs: 10, drainCapMs: 50 })).resolves.toBe(1);
  expect(logged).toEqual([expect.objectContaining({ step: 'pools', left: [] })]);
});

it('ends server-sent events at once and in order, whose client asks again', async () => {
  const { drained, askAndWait } = await worker();
  const { response, answer } = await askAndWait();
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
  const [received] = (await answer) as [IncomingMessage];
  const signal = [...drained.inFlight][0].signal;
  const over = drain(drained, { ...long, quietPeriodMs: 10 });
  response.write('data: too late\n\n');
  let body = '';
  for await (const chunk of received) body += chunk;
  expect([received.complete, body]).toEqual([true, 'data: 1\n\n']);
  expect(signal.reason).toBeInstanceOf(Draining);
  await expect(over).resolves.toBe(0);
});

it('lets another stream say its last words, and cuts it when it says more', async () => {
  const { drained, askAndWait, logged } = await worker();
  const { response, answer } = await askAndWait();
  const [open] = drained.inFlight;
  open.stream();
  response.write('begun');
  const [received] = (await answer) as [IncomingMessage];
  received.on('error', () => {}).resume();
  await expect(drain(drained, { ...long, quietPeriodMs: 10, streamDrainMs: 30 })).resolves.toBe(0);
  expect([received.complete, open.signal.reason]).toEqual([false, expect.any(Draining)]);
  expect(logged).toEqual([expect.objectContaining({ msg: 'a stream was cut because its worker ends', path: '/' })]);
});
