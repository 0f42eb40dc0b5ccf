import { setTimeout as after } from 'node:timers/promises';
import { Controller, Get, Inject } from '@nestjs/common';
import { VALUES, type Values } from './config.js';
import { Deadline, requestSignal } from './runtime/door.js';
import { TodosStore } from './todos.store.js';

@Controller('report')
export class ReportController {
  constructor(
    private readonly store: TodosStore,
    @Inject(VALUES) private readonly values: Values,
  ) {}

  /** Slow, as reports are; given up when nobody waits for it any more. */
  @Get()
  @Deadline(30_000)
  async report() {
    await after(this.values.REPORT_MS, null, { signal: requestSignal() });
    const todos = this.store.all();
    return { todos: todos.length, done: todos.filter(({ done }) => done).length };
  }
}
