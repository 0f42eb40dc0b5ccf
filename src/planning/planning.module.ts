import { type DynamicModule, Module } from '@nestjs/common';
import type { DatabaseConfig } from './database/connect.js';
import { DatabaseModule } from './database/database.module.js';

/** The part of the configuration that planning runs on. */
export interface PlanningConfig {
  database: DatabaseConfig;
  planner: { threads: number; queueMax: number };
  tileCacheBytes: number;
}

/** All that hikers and their websites use. */
@Module({})
export class PlanningModule {
  static forRoot(config: PlanningConfig): DynamicModule {
    return {
      module: PlanningModule,
      imports: [DatabaseModule.forRoot(config.database)],
    };
  }
}
