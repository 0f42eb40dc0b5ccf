import 'reflect-metadata';
import type { Server } from 'node:http';
import type { DynamicModule, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { z } from 'zod';
import {
  ConfigError,
  type Environment,
  environment as ownEnvironment,
  type RuntimeConfig,
  readEnvironment,
  runtimeConfig,
} from './config.js';
import { Health } from './health/health.js';
import type { HealthCheck } from './health/health-check.js';
import { accessLog } from './http/access-log.js';
import { longestDeadlineMs } from './http/deadline.js';
import { edge } from './http/edge.js';
import { QuickExpressAdapter } from './http/express-adapter.js';
import { failedOutside, nothingHere } from './http/fallback.js';
import { InFlight } from './http/in-flight.js';
import type { IsUnreachable } from './http/problem.filter.js';
import { tooMuch } from './http/shedding.js';
import { refuseUnread } from './http/unread.js';
import { Lifecycle } from './process/lifecycle.js';
import { createLogs, type Logs, nestLogger } from './process/logger.js';
import { LoopDelay } from './process/loop-delay.js';
import { Metrics } from './process/metrics.js';
import { run } from './process/run.js';
import { RuntimeModule } from './runtime.module.js';
import {
  headersTimeoutMs,
  keepAliveTimeoutMs,
  requestDeadlineMs,
  requestTimeoutMs,
  shedLoopDelayMs,
  stopTimes,
} from './times.js';

type Root = Type<unknown> | DynamicModule;

/** Gives a provider of the application, whichever module has it. */
export type Get = <T>(token: Type<T> | string | symbol) => T;

export interface ApplicationOptions<Values> {
  /** The module with all others in it; an arrow function makes it from what the environment says. */
  module: Root | ((values: Values) => Root);
  /** What must work before a worker can answer requests; asked for /readyz. */
  checks?(get: Get): HealthCheck[];
  /** Knows the errors of a part that cannot be reached: they are answered 503, and the next request tries again. */
  isUnreachable?: IsUnreachable;
  /** Before anything listens: prefix, versions, guards, pipes, CORS, a parser of its own. */
  configure?(app: NestExpressApplication, values: Values): unknown;
  /**
   * Of the paths whose answers cost next to nothing and of which many come together, such as the tiles of a map: they are
   * counted apart, so that neither they nor dear requests crowd the others out, and written to the log when debugging alone.
   */
  isLight?(path: string): boolean;
  /** Whether any web page may read the answers (CORS for GET and HEAD), as fits public data. */
  anyPageMayRead?: boolean;
  /** Whether `/Notes` and `/notes/` are other paths than `/notes`, as they are to nginx and to every cache. */
  exactPaths?: boolean;
  /** Nest's own options: `{ bodyParser: false }` for an API that takes no bodies, `{ rawBody: true }`, and so on. */
  nest?: Pick<NestApplicationOptions, 'bodyParser' | 'rawBody' | 'bufferLogs' | 'preview' | 'snapshot'>;
}

export interface ServeOptions<Schema extends z.ZodType<z.infer<Environment>>>
  extends ApplicationOptions<z.infer<Schema>> {
  /** Of the application: begins the line that says why it does not start. */
  name: string;
  /** Its schema of the environment, which extends the runtime's. */
  environment?: Schema;
}

const isFactory = <Values>(module: ApplicationOptions<Values>['module']): module is (values: Values) => Root =>
  // A class has a prototype; an arrow function has none.
  typeof module === 'function' && module.prototype === undefined;

/**
 * The whole application, with no port and no signals: `serve` runs it, and tests can. It is ready as soon as its server
 * listens.
 * @param values what the environment says, by name
 * @throws the error of the part that could not be made
 */
export async function createApp<Values extends z.infer<Environment>>(
  options: ApplicationOptions<Values>,
  values: Values,
  logs?: Logs,
  config: RuntimeConfig = runtimeConfig(values),
): Promise<NestExpressApplication> {
  const { log, requestLog } = logs ?? createLogs(config.log.level, config.worker);
  const { module, isUnreachable = () => false, checks = () => [], configure, isLight, anyPageMayRead, nest } = options;
  if (longestDeadlineMs() > config.maxDeadlineMs) {
    const asked = `a route asks for ${longestDeadlineMs()} ms (@Deadline)`;
    throw new ConfigError(`MAX_DEADLINE_MS=${config.maxDeadlineMs}: ${asked}`);
  }
  const app = await NestFactory.create<NestExpressApplication>(
    RuntimeModule.around(isFactory(module) ? module(values) : module, { log, isUnreachable }),
    new QuickExpressAdapter(config.bodyMaxBytes, options.exactPaths),
    { ...nest, logger: nestLogger(log), abortOnError: false },
  );
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  const lifecycle = app.get(Lifecycle);
  const inFlight = app.get(InFlight);
  const loop = app.get(LoopDelay);
  const metrics = app.get(Metrics);
  const get: Get = (token) => app.get(token, { strict: false });
  const health = new Health(get(HealthCheckService), get(HealthIndicatorService), lifecycle, checks(get), log);
  const limits = { inFlightMax: config.inFlightMax, loopDelayMaxMs: shedLoopDelayMs };
  const writeLine = accessLog(requestLog);
  app.use(
    edge({
      lifecycle,
      inFlight,
      deadlineMs: requestDeadlineMs,
      anyPageMayRead,
      health: (path, response) => health.answer(path, response),
      isLight,
      tooMuch: (light) => tooMuch({ inFlight: inFlight.countOf(light), loopDelayMs: loop.last.p50Ms }, limits),
      onDone: (request, status, durationMs) => {
        metrics.observe(request, status, durationMs);
        writeLine(request, status, durationMs);
      },
    }),
  );
  await configure?.(app, values);
  await app.init();
  app.use(nothingHere);
  app.use(failedOutside(log, isUnreachable));

  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = Math.max(requestTimeoutMs, config.maxDeadlineMs);
  refuseUnread(server, requestLog, anyPageMayRead === true);
  server.once('listening', () => lifecycle.enter('ready'));
  return app;
}

/**
 * Runs an API: reads the environment, boots, listens, answers /livez and /readyz, drains when it is asked to stop. As a
 * worker of PM2 (see `cluster`) or alone. Ends the process with 1 and one line when it cannot start.
 */
export async function serve<Schema extends z.ZodType<z.infer<Environment>> = Environment>(
  options: ServeOptions<Schema>,
): Promise<void> {
  const { name, environment = ownEnvironment as unknown as Schema } = options;
  try {
    const values: z.infer<Schema> = readEnvironment(environment);
    const config = runtimeConfig(values);
    const logs = createLogs(config.log.level, config.worker);
    for (const setting of config.missingPm2Settings) {
      logs.log.warn(`the environment of pm2-runtime lacks ${setting}`);
    }
    await run({
      ...logs,
      ...config.http,
      worker: config.worker,
      watchdog: config.watchdog,
      stop: stopTimes(config.maxDeadlineMs),
      createApp: () => createApp(options, values, logs, config),
    });
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
