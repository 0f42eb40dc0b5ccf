import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, application } from '../../../src/app.module.js';
import { environment, grouped } from '../../../src/config.js';
import { connect, type Database } from '../../../src/planning/database/connect.js';
import { publishRegion } from '../../../src/planning/database/editions.js';
import { migrate } from '../../../src/planning/database/migrate.js';
import { regionRows } from '../../../src/planning/import/region-rows.js';
import { sampleRegion } from '../../../src/planning/import/sample/sample-region.js';
import type { Region } from '../../../src/planning/network/region.js';
import { createApp, readEnvironment } from '../../../src/runtime/door.js';
import { calm } from './calm.js';

export interface RunningApp {
  url: string;
  app: NestExpressApplication;
  /** A connection of its own to the application's database. */
  db: Database;
  stop(): Promise<void>;
}

/** The whole application on a free port, over a database of its own that holds these regions, or what `fill` makes. */
export async function startApp(
  content: Region[] | ((databaseUrl: string) => Promise<void>) = [sampleRegion()],
): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-http-'));
  const env = { DATABASE_URL: `sqlite:${join(folder, 'db')}`, LOG_LEVEL: 'silent', PORT: '0' };
  const values = readEnvironment(environment, env);
  const config = grouped(values);
  const db = connect(config.database);
  await migrate(db);
  if (typeof content === 'function') await content(config.database.url);
  else for (const region of content) await publishRegion(db, regionRows(region));
  // Threads cannot load TypeScript: they run from the build, which `npm test` makes first.
  const filename = new URL('../../../dist/planning/planner/threads/planner.thread.js', import.meta.url).href;
  const planner = { ...config.planner, filename };
  const app = await createApp({ ...application, module: AppModule.forRoot({ ...config, planner }) }, values);
  calm(app);
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    app,
    db,
    stop: async () => {
      await app.close();
      await db.destroy();
      await rm(folder, { recursive: true });
    },
  };
}
