import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PlannerPool } from '../planner/threads/planner-pool.js';

/** The planner threads' life with the application: warm before the first request, ended after the last. */
@Injectable()
export class PlannerThreads implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly pool: PlannerPool) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.pool.warm();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
