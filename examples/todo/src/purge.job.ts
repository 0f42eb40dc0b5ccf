import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { LOGGER, type Logger } from './runtime/door.js';
import { TodosStore } from './todos.store.js';

const everyMs = 10_000;

/** Removes what is done. Every worker has this clock; the first to claim a moment in the database does the work. */
@Injectable()
export class PurgeJob {
  constructor(
    private readonly store: TodosStore,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Cron('*/10 * * * * *')
  purge(): void {
    const removed = this.store.purge(Math.floor(Date.now() / everyMs));
    if (removed !== null) this.log.info({ job: 'purge', removed }, 'purged');
  }
}
