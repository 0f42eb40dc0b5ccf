/**
 * Parts of the runtime for a server that is neither Nest's nor PM2's, by a function each. They work alone; given the same
 * door, the drain knows what is in flight, and the watchdog which request hangs.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { accessLog } from './http/access-log.js';
import { edge } from './http/edge.js';
import { InFlight } from './http/in-flight.js';
import { tooMuch } from './http/shedding.js';
import { drain } from './process/drain.js';
import { Lifecycle } from './process/lifecycle.js';
import { createLogs, type Logs } from './process/logger.js';
import { LoopDelay } from './process/loop-delay.js';
import { onStop } from './process/stop-signals.js';
import { startWatchdog } from './process/watchdog.js';
import { hangLimitMs, quietPeriodMs, requestDeadlineMs, shedLoopDelayMs, stopTimes, streamDrainMs } from './times.js';

export interface Door {
  /** The first middleware: of Express, or called by a listener of `node:http` with what comes next. */
  middleware(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
  inFlight: InFlight;
  lifecycle: Lifecycle;
  logs: Logs;
}

export interface DoorOptions {
  deadlineMs?: number;
  /** Requests answered at once; more are refused with 503. */
  inFlightMax?: number;
  anyPageMayRead?: boolean;
  logLevel?: string;
}

const nobody = { slot: 0, id: 0, pmId: 0, directory: null };

/**
 * Request id, deadline with its signal, refusal of what is too much, a line of log for each request, and /livez and
 * /readyz, which say 200 until the drain begins.
 */
export function door(options: DoorOptions = {}): Door {
  const { deadlineMs = requestDeadlineMs, inFlightMax = 200, anyPageMayRead, logLevel = 'info' } = options;
  const [inFlight, lifecycle, loop] = [new InFlight(), new Lifecycle(), new LoopDelay()];
  const logs = createLogs(logLevel, nobody);
  const limits = { inFlightMax, loopDelayMaxMs: shedLoopDelayMs };
  lifecycle.enter('ready');
  const middleware = edge({
    lifecycle,
    inFlight,
    deadlineMs,
    anyPageMayRead,
    health: async (path, response) => {
      const well = path === '/livez' || lifecycle.stage === 'ready';
      response.writeHead(well ? 200 : 503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify({ status: well ? 'ok' : 'error', stage: lifecycle.stage }));
    },
    tooMuch: () => tooMuch({ inFlight: inFlight.count, loopDelayMs: loop.last.p50Ms }, limits),
    onDone: accessLog(logs.requestLog),
  });
  return { middleware, inFlight, lifecycle, logs };
}

export interface DrainOptions {
  server: Server;
  /** Without it, only connections are waited for. */
  door?: Door;
  /** Ends what the answers needed, when all are given. */
  close?(): Promise<void>;
  quietPeriodMs?: number;
}

/** At the first wish that this process end (SIGTERM, SIGINT), loses no request: drains as a worker does, then exits. */
export function drainAtStop({ server, door: given, close = async () => {}, ...times }: DrainOptions): void {
  const { inFlight, lifecycle, logs } = given ?? door();
  onStop((reason) => {
    logs.log.info({ reason }, 'asked to stop');
    const quietMs = times.quietPeriodMs ?? quietPeriodMs;
    drain(
      { server, inFlight, lifecycle, log: logs.log, closePools: close },
      { quietPeriodMs: quietMs, streamDrainMs, drainCapMs: stopTimes().drainCapMs },
    ).then((code) => {
      logs.flush();
      process.exit(code);
    });
  });
}

/** Ends this process when its main loop hangs, with the stack and the request in a last line of its log. */
export function watchdog({ door: given, limitMs = hangLimitMs }: { door?: Door; limitMs?: number } = {}): void {
  const { inFlight, logs } = given ?? door();
  startWatchdog({ limitMs, worker: nobody, inFlight, log: logs.log, flush: logs.flush });
}
