import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { VALUES, type Values } from './config.js';
import { EventsController } from './events.controller.js';
import { PurgeJob } from './purge.job.js';
import { ReportController } from './report.controller.js';
import { type ApplicationOptions, isTrial } from './runtime/door.js';
import { TodosController } from './todos.controller.js';
import { TodosStore } from './todos.store.js';
import { TokenGuard } from './token.guard.js';

@Module({})
export class AppModule {
  static with(values: Values): DynamicModule {
    return {
      module: AppModule,
      // A reload boots the program once more than there are workers; that one has no jobs.
      imports: isTrial() ? [] : [ScheduleModule.forRoot()],
      controllers: [TodosController, ReportController, EventsController],
      providers: [
        { provide: VALUES, useValue: values },
        TodosStore,
        PurgeJob,
        { provide: APP_GUARD, useClass: TokenGuard },
      ],
    };
  }
}

/** What the runtime has to know of this API to serve it. */
export const application: ApplicationOptions<Values> = {
  module: (values) => AppModule.with(values),
  checks: (get) => [{ name: 'todos', check: async () => get(TodosStore).ping() }],
  isUnreachable: (error) => (error as { errcode?: number })?.errcode === 5 && 'list of todos',
  configure: (app) => {
    app.setGlobalPrefix('api');
    app.useGlobalPipes(new StandardSchemaValidationPipe());
    app.enableCors({ origin: 'http://localhost:5173', methods: ['GET', 'POST', 'PATCH'] });
  },
};
