import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { connect, type Database, type DatabaseConfig } from './connect.js';

/** Token of the one connection pool of this worker (Database). */
export const DATABASE = Symbol('DATABASE');

/** Opens nothing by itself: the first query connects. Closed when the application shuts down, after its requests. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** @throws Error when the URL is neither `postgres:` nor `sqlite:` */
  static forRoot(config: DatabaseConfig): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [{ provide: DATABASE, useFactory: () => connect(config) }],
      exports: [DATABASE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}
