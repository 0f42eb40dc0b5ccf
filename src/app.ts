import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  headersTimeoutMs,
  keepAliveTimeoutMs,
  requestDeadlineMs,
  requestTimeoutMs,
  shedLoopDelayMs,
} from '../timeouts.js';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { accessLog } from './runtime/http/access-log.js';
import { edge } from './runtime/http/edge.js';
import { QuickExpressAdapter } from './runtime/http/express-adapter.js';
import { InFlight } from './runtime/http/in-flight.js';
import { tooMuch } from './runtime/http/shedding.js';
import { Lifecycle } from './runtime/process/lifecycle.js';
import { createLogs, nestLogger } from './runtime/process/logger.js';
import { LoopDelay } from './runtime/process/loop-delay.js';
import { Metrics } from './runtime/process/metrics.js';

/**
 * The whole application, with no port and no signals: the worker and the tests share it. It is ready as soon as its
 * server listens.
 * @throws the error of the part that could not be made
 */
export async function createApp(
  config: Config,
  { log, requestLog } = createLogs(config.log.level, config.worker),
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config, log),
    new QuickExpressAdapter(),
    {
      logger: nestLogger(log),
      abortOnError: false,
      bodyParser: false,
    },
  );
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies);
  const lifecycle = app.get(Lifecycle);
  const inFlight = app.get(InFlight);
  const loop = app.get(LoopDelay);
  const metrics = app.get(Metrics);
  const limits = { inFlightMax: config.inFlightMax, loopDelayMaxMs: shedLoopDelayMs };
  const writeLine = accessLog(requestLog);
  app.use(
    edge({
      lifecycle,
      inFlight,
      deadlineMs: requestDeadlineMs,
      tooMuch: () => tooMuch({ inFlight: inFlight.count, loopDelayMs: loop.last.p50Ms }, limits),
      onDone: (request, status, durationMs) => {
        metrics.observe(request, status, durationMs);
        writeLine(request, status, durationMs);
      },
    }),
  );

  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  server.once('listening', () => lifecycle.enter('ready'));
  return app;
}
