import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config.js';
import { HealthModule } from './runtime/health/health.module.js';
import { Lifecycle } from './runtime/process/lifecycle.js';
import type { Logger } from './runtime/process/logger.js';
import { RuntimeModule } from './runtime/runtime.module.js';

/** Which rooms the house has. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: Nest's form of a module that takes parameters.
export class AppModule {
  static forRoot(_config: Config, log: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RuntimeModule.forRoot({ log, isUnreachable: () => false }),
        HealthModule.withChecks({
          inject: [Lifecycle],
          useFactory: (lifecycle: Lifecycle) => [{ name: 'lifecycle', check: async () => lifecycle.mustBeReady() }],
        }),
      ],
    };
  }
}
