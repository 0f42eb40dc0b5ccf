import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { InFlight, OpenRequest } from '../http/in-flight.js';
import { loggedPath } from '../http/logged-path.js';
import { isEventStream } from '../http/opened.js';
import { Draining } from '../http/problem.js';
import type { Lifecycle } from './lifecycle.js';
import type { Logger } from './logger.js';

export interface DrainTimes {
  /** How long idle connections may still bring a request; longer than the proxy keeps one. */
  quietPeriodMs: number;
  /** How long a stream may go on that has been told of the end. */
  streamDrainMs: number;
  /** All of the drain must be over by then. */
  drainCapMs: number;
}

export interface Drained {
  server: Server;
  inFlight: InFlight;
  lifecycle: Lifecycle;
  log: Logger;
  /** Ends what the answers needed: threads, connections. */
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

/**
 * Tells the streams that their worker ends. One of server-sent events is over with that, because its client asks again by
 * itself, and gets another worker; others may say their last words.
 */
function endStreams(inFlight: InFlight): OpenRequest[] {
  const streams = [...inFlight].filter(({ isStream }) => isStream);
  for (const stream of streams) {
    stream.giveUp(new Draining());
    if (!isEventStream(stream.response)) continue;
    // An event that is on its way meets an answer that has ended.
    stream.response.on('error', () => {});
    stream.response.end();
  }
  return streams;
}

/**
 * The steps in their order. Connections first learn that they end, because the proxy must not send a request on one in the
 * moment in which it closes; pools last, because what is in flight needs them.
 */
async function steps(drained: Drained, times: DrainTimes, at: (step: string) => void): Promise<void> {
  const { server, inFlight, closePools, log } = drained;
  for (const { response } of inFlight) if (!response.headersSent) response.setHeader('Connection', 'close');
  endStreams(inFlight);
  at('quiet period');
  // `server.close()` of http would cut idle connections at once, in the face of a proxy that is about to use one.
  const empty = server.listening ? once(server, 'close') : Promise.resolve();
  NetServer.prototype.close.call(server);
  const quiet = new AbortController();
  await Promise.race([empty, after(times.quietPeriodMs, quiet.signal)]);
  quiet.abort();
  server.closeIdleConnections();
  // Some may have begun in the quiet period.
  endStreams(inFlight);
  at('requests in flight');
  const over = new AbortController();
  const cut = after(Math.max(0, times.streamDrainMs - times.quietPeriodMs), over.signal).then(() => {
    const late = over.signal.aborted ? [] : endStreams(inFlight);
    for (const { requestId, method, url, response } of late) {
      log.warn({ requestId, method, path: loggedPath(url) }, 'a stream was cut because its worker ends');
      response.destroy();
    }
  });
  await inFlight.none();
  over.abort();
  await cut;
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
    const left = [...inFlight].map(({ requestId, method, url }) => ({ requestId, method, path: loggedPath(url) }));
    log.error({ step, left }, `the drain took longer than ${times.drainCapMs} ms`);
  }
  lifecycle.enter('stopped');
  return inTime ? 0 : 1;
}
