import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { InFlight } from '../http/in-flight.js';
import type { Lifecycle } from './lifecycle.js';
import type { Logger } from './logger.js';

export interface DrainTimes {
  /** How long idle connections may still bring a request; longer than the proxy keeps one. */
  quietPeriodMs: number;
  /** All of the drain must be over by then. */
  drainCapMs: number;
}

export interface Drained {
  server: Server;
  inFlight: InFlight;
  lifecycle: Lifecycle;
  log: Logger;
  /** Ends what the answers needed: planner threads, connections to the database. */
  closePools(): Promise<void>;
}

const after = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** The steps in their order; see docs/adr/0006-drain-order.md for why it is this one. */
async function steps(drained: Drained, { quietPeriodMs }: DrainTimes, at: (step: string) => void): Promise<void> {
  const { server, inFlight, closePools } = drained;
  for (const { response } of inFlight) if (!response.headersSent) response.setHeader('Connection', 'close');
  at('quiet period');
  // `server.close()` of http would cut idle connections at once, in the face of a proxy that is about to use one.
  const empty = server.listening ? once(server, 'close') : Promise.resolve();
  NetServer.prototype.close.call(server);
  const quiet = new AbortController();
  await Promise.race([empty, after(quietPeriodMs, quiet.signal)]);
  quiet.abort();
  server.closeIdleConnections();
  at('requests in flight');
  await inFlight.none();
  at('pools');
  await closePools();
}

/**
 * Ends a worker's work without losing any: no new connections, `Connection: close` on every answer (the edge sees to it
 * from the stage), a quiet period, idle connections closed, requests in flight answered, pools closed.
 * @returns the exit code: 0, or 1 when the cap came first; the log then says what was left
 */
export async function drain(drained: Drained, times: DrainTimes): Promise<number> {
  const { inFlight, lifecycle, log } = drained;
  lifecycle.enter('draining');
  let step = '';
  const cap = new AbortController();
  const inTime = await Promise.race([
    steps(drained, times, (next) => {
      step = next;
    }).then(() => true),
    after(times.drainCapMs, cap.signal).then(() => false),
  ]);
  cap.abort();
  if (!inTime) {
    const left = [...inFlight].map(({ requestId, method, url }) => ({ requestId, method, url }));
    log.error({ step, left }, `the drain took longer than ${times.drainCapMs} ms`);
  }
  lifecycle.enter('stopped');
  return inTime ? 0 : 1;
}
