import type { DynamicModule, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pino } from 'pino';
import { type ApplicationOptions, createApp, environment, readEnvironment } from '../../../src/runtime/door.js';
import { calm } from './calm.js';

/** An API of these controllers on the runtime, as `serve` would make it, listening on a port of its own. @param hear gets its log */
export async function smallApi(
  controllers: Type<unknown>[],
  options: Partial<ApplicationOptions<ReturnType<typeof values>>> = {},
  env: Record<string, string> = {},
  hear?: (line: string) => void,
): Promise<NestExpressApplication> {
  class SmallModule {}
  const module: DynamicModule = { module: SmallModule, controllers };
  const log = hear && pino({ base: null }, { write: hear });
  const logs = log && { log, requestLog: log, flush: () => {} };
  const app = await createApp({ module, ...options }, values(env), logs);
  calm(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

const values = (env: Record<string, string>) => readEnvironment(environment, { LOG_LEVEL: 'silent', ...env });
