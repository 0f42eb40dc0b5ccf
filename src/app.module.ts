import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ExpressAdapter } from '@nestjs/platform-express';
import { type Config, grouped, type Values } from './config.js';
import { isDatabaseUnreachable } from './planning/database/unreachable.js';
import { PlannerPool } from './planning/planner/threads/planner-pool.js';
import { PlanningModule } from './planning/planning.module.js';
import { PlanningHealth } from './planning/planning-health.js';
import { type ApplicationOptions, deadlineExceeded, explain, Metrics, notFound } from './runtime/door.js';
import { serveSite } from './site.js';

/** Which rooms the house has. */
@Module({})
export class AppModule implements OnModuleInit {
  constructor(
    metrics: Metrics,
    planner: PlannerPool,
    private readonly http: HttpAdapterHost<ExpressAdapter>,
  ) {
    metrics.gauge({ name: 'planner_running', help: 'Plans at work', read: () => planner.load.running });
    metrics.gauge({ name: 'planner_waiting', help: 'Plans that wait for a thread', read: () => planner.load.waiting });
  }

  /** After the edge and the interface's own routes, before what answers that there is nothing. */
  onModuleInit(): void {
    serveSite(this.http.httpAdapter);
  }

  static forRoot(config: Config): DynamicModule {
    return { module: AppModule, imports: [PlanningModule.forRoot({ ...config, database: config.databaseToRead })] };
  }
}

/** What the runtime has to know of this application to serve it. */
export const application: ApplicationOptions<Values> = {
  module: (values) => AppModule.forRoot(grouped(values)),
  checks: (get) => [
    { name: 'database', check: () => get(PlanningHealth).database() },
    { name: 'planner', check: () => get(PlanningHealth).planner() },
  ],
  isUnreachable: (error) => isDatabaseUnreachable(error) && 'database',
  // Forty tiles come with a view of the map, and each is one read.
  isLight: (path) => path.startsWith('/v1/map/'),
  // The data is public, and nothing is written.
  anyPageMayRead: true,
  exactPaths: true,
  nest: { bodyParser: false },
};

explain(notFound, 'No resource has this path. The list of all paths is in /openapi.json, and for people at /docs.');
explain(
  deadlineExceeded,
  'The request was given up at its deadline. Try again, or ask for less (a shorter loop, a shorter drive).',
);
