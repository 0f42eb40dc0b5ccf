import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { InFlight } from './http/in-flight.js';
import { IS_UNREACHABLE, ProblemFilter } from './http/problem.filter.js';
import { Lifecycle } from './process/lifecycle.js';
import { LOGGER, type Logger } from './process/logger.js';
import { LoopDelay } from './process/loop-delay.js';
import { Metrics } from './process/metrics.js';

export interface RuntimeOptions {
  log: Logger;
  /** Knows the errors of a part that cannot be reached: they are answered 503, and the next request tries again. */
  isUnreachable(error: unknown): boolean;
}

/** What every part of a worker shares: its log, its stage of life, the requests it is answering, how errors look. */
@Global()
@Module({})
export class RuntimeModule {
  static forRoot({ log, isUnreachable }: RuntimeOptions): DynamicModule {
    return {
      module: RuntimeModule,
      providers: [
        Lifecycle,
        InFlight,
        LoopDelay,
        Metrics,
        { provide: LOGGER, useValue: log },
        { provide: IS_UNREACHABLE, useValue: isUnreachable },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Lifecycle, InFlight, LoopDelay, Metrics, LOGGER],
    };
  }
}
