import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { InFlight } from './http/in-flight.js';
import { IS_UNREACHABLE, type IsUnreachable, ProblemFilter } from './http/problem.filter.js';
import { Lifecycle } from './process/lifecycle.js';
import { LOGGER, type Logger } from './process/logger.js';
import { LoopDelay } from './process/loop-delay.js';
import { Metrics } from './process/metrics.js';

export interface RuntimeOptions {
  log: Logger;
  isUnreachable: IsUnreachable;
}

/** What every part of a worker shares: its log, its stage of life, the requests it is answering, how errors look. */
@Global()
@Module({})
export class RuntimeModule {
  /** @param application its module, which finds all of this without importing it */
  static around(application: Type<unknown> | DynamicModule, { log, isUnreachable }: RuntimeOptions): DynamicModule {
    return {
      module: RuntimeModule,
      imports: [TerminusModule.forRoot({ logger: false }), application],
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
