import { Inject, Injectable } from '@nestjs/common';
import type { Database } from './database/connect.js';
import { DATABASE } from './database/database.module.js';
import { PlannerPool } from './planner/threads/planner-pool.js';

/** What planning needs before it can answer. */
@Injectable()
export class PlanningHealth {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly pool: PlannerPool,
  ) {}

  /** @throws Error when the database does not answer, or has not been migrated; an empty one is healthy */
  async database(): Promise<void> {
    await this.db.selectFrom('region').select('name').limit(1).execute();
  }

  /** @throws Error when no planner thread answers */
  async planner(): Promise<void> {
    await this.pool.check();
  }
}
