import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { InFlight } from '../http/in-flight.js';
import type { Lifecycle, Stage } from './lifecycle.js';
import type { LoopDelay, LoopReport } from './loop-delay.js';
import type { Metrics } from './metrics.js';

/** What a worker says of itself on its private socket. */
export interface Report {
  slot: number;
  /** Node's number, never used again. */
  worker: number;
  /** PM2's number of its entry, by which it is stopped. */
  pmId: number;
  pid: number;
  stage: Stage;
  uptimeSeconds: number;
  requests: number;
  inFlight: number;
  p99Ms: number;
  loop: LoopReport;
  heapBytes: number;
  rssBytes: number;
  /** Numbers of the application's own, by name. */
  gauges: Record<string, number>;
  /** Directory of the build that it runs. */
  build: string;
}

/** Who a worker is, as PM2 and Node number it, and where its socket lies. */
export interface WorkerIdentity {
  slot: number;
  id: number;
  pmId: number;
  /** Null without PM2: then nobody would ask. */
  directory: string | null;
}

export interface Reported {
  identity: WorkerIdentity;
  server: Server;
  lifecycle: Lifecycle;
  inFlight: InFlight;
  loop: LoopDelay;
  metrics: Metrics;
}

const socketName = ({ slot, id }: WorkerIdentity) => `${slot}-${id}.sock`;

/** Leaves a word on why this worker ends, for the supervisor to count; its name is the socket's. */
export function leaveWord({ directory, ...identity }: WorkerIdentity, cause: 'crash' | 'hang'): void {
  if (directory === null) return;
  try {
    writeFileSync(join(directory, `${socketName({ directory, ...identity })}.cause`), cause);
  } catch {
    // A counter is not worth more trouble in a dying process.
  }
}

/**
 * Opens this worker's own socket: `/report`, `/metrics` (JSON, for the supervisor to join), and everything that the
 * application answers, so that this very worker can be asked whether it is ready.
 * @returns closes it again
 */
export function openReport({ identity, server, lifecycle, inFlight, loop, metrics }: Reported): () => void {
  const { slot, id, pmId, directory } = identity;
  if (directory === null) return () => {};
  const path = join(directory, socketName(identity));
  const report = (): Report => {
    const { heapUsed, rss } = process.memoryUsage();
    return {
      slot,
      worker: id,
      pmId,
      pid: process.pid,
      stage: lifecycle.stage,
      uptimeSeconds: process.uptime(),
      requests: inFlight.served,
      inFlight: inFlight.count,
      p99Ms: metrics.p99Ms,
      loop: loop.last,
      heapBytes: heapUsed,
      rssBytes: rss,
      gauges: metrics.own,
      build: new URL('../..', import.meta.url).pathname,
    };
  };
  const own = createServer(async (request, response) => {
    const answer = (body: unknown) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/report') answer(report());
    else if (request.url === '/metrics') answer(await metrics.registry.getMetricsAsJSON());
    else server.emit('request', request, response);
  });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  // Exclusive: else the cluster's primary would listen in the worker's place.
  own.listen({ path, exclusive: true });
  own.unref();
  return () => {
    own.close();
    own.closeAllConnections();
  };
}
