import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { InFlight } from '../http/in-flight.js';
import { bootLimitMs, crashDrainCapMs, hangLimitMs, quietPeriodMs, type StopTimes, streamDrainMs } from '../times.js';
import { onCrash } from './crash.js';
import { type DrainTimes, drain } from './drain.js';
import { Lifecycle } from './lifecycle.js';
import type { Logger } from './logger.js';
import { LoopDelay } from './loop-delay.js';
import { Metrics } from './metrics.js';
import { leaveWord, openReport, type WorkerIdentity } from './report.js';
import { onStop } from './stop-signals.js';
import { isTrial } from './trial.js';
import { startWatchdog } from './watchdog.js';

export interface WorkerOptions {
  log: Logger;
  /** Writes the lines of the log that wait for the event loop. */
  flush(): void;
  port: number;
  host: string;
  worker: WorkerIdentity;
  /** Off while a person debugs. */
  watchdog: boolean;
  stop: StopTimes;
  createApp(): Promise<INestApplication>;
}

/**
 * A worker's life from its first signal handler to its exit: boots the application, listens, tells PM2 (when there is
 * one) that it is ready, and drains when it is asked to stop.
 * @throws the error that kept it from booting
 */
export async function run({ log, flush, port, host, worker, watchdog, stop, createApp }: WorkerOptions): Promise<void> {
  process.on('exit', flush);
  // Until there is something to drain, ending is only leaving.
  let end = async (_times: DrainTimes): Promise<number> => 0;
  onStop((reason) => {
    log.info({ reason }, 'asked to stop');
    end({ quietPeriodMs, streamDrainMs, drainCapMs: stop.drainCapMs }).then(process.exit);
  });
  onCrash(log, () => {
    leaveWord(worker, 'crash');
    return end({ quietPeriodMs: 0, streamDrainMs: 0, drainCapMs: crashDrainCapMs });
  });
  const bootLimit = setTimeout(() => {
    log.fatal(`not ready after ${bootLimitMs} ms`);
    process.exit(1);
  }, bootLimitMs);

  const app = await createApp();
  const lifecycle = app.get(Lifecycle);
  lifecycle.onChange((stage, previous, lastedMs) =>
    log.info({ stage, ms: Math.round(lastedMs) }, `${previous} → ${stage}`),
  );
  const inFlight = app.get(InFlight);
  const server: Server = app.getHttpServer();
  await app.listen(port, host);
  clearTimeout(bootLimit);
  if (watchdog) startWatchdog({ limitMs: hangLimitMs, worker, inFlight, log, flush });
  log.info({ address: server.address() }, 'listening');
  const [loop, metrics] = [app.get(LoopDelay), app.get(Metrics)];
  const closeReport = openReport({ identity: worker, server, lifecycle, inFlight, loop, metrics });
  const closePools = async () => {
    await app.close();
    closeReport();
  };
  end = (times) => drain({ server, inFlight, lifecycle, log, closePools }, times);
  if (isTrial()) process.send?.({ listening: (server.address() as AddressInfo).port });
  else process.send?.('ready');
}
