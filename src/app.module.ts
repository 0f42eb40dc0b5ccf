import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config.js';
import { isDatabaseUnreachable } from './planning/database/unreachable.js';
import { PlannerPool } from './planning/planner/threads/planner-pool.js';
import { PlanningModule } from './planning/planning.module.js';
import { PlanningHealth } from './planning/planning-health.js';
import { HealthModule } from './runtime/health/health.module.js';
import { Lifecycle } from './runtime/process/lifecycle.js';
import type { Logger } from './runtime/process/logger.js';
import { Metrics } from './runtime/process/metrics.js';
import { RuntimeModule } from './runtime/runtime.module.js';

/** Which rooms the house has. */
@Module({})
export class AppModule {
  constructor(metrics: Metrics, planner: PlannerPool) {
    metrics.gauge({ name: 'planner_running', help: 'Plans at work', read: () => planner.load.running });
    metrics.gauge({ name: 'planner_waiting', help: 'Plans that wait for a thread', read: () => planner.load.waiting });
  }

  static forRoot(config: Config, log: Logger): DynamicModule {
    const planning = PlanningModule.forRoot(config);
    return {
      module: AppModule,
      imports: [
        RuntimeModule.forRoot({ log, isUnreachable: isDatabaseUnreachable }),
        planning,
        HealthModule.withChecks({
          imports: [planning],
          inject: [Lifecycle, PlanningHealth],
          useFactory: (lifecycle: Lifecycle, health: PlanningHealth) => [
            { name: 'lifecycle', check: async () => lifecycle.mustBeReady() },
            { name: 'database', check: () => health.database() },
            { name: 'planner', check: () => health.planner() },
          ],
        }),
      ],
    };
  }
}
