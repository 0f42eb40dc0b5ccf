import type { DynamicModule, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type ApplicationOptions, createApp, environment, readEnvironment } from '../../../src/runtime/door.js';

/** An API of these controllers on the runtime, as `serve` would make it, listening on a port of its own. */
export async function smallApi(
  controllers: Type<unknown>[],
  options: Partial<ApplicationOptions<ReturnType<typeof values>>> = {},
  env: Record<string, string> = {},
): Promise<NestExpressApplication> {
  class SmallModule {}
  const module: DynamicModule = { module: SmallModule, controllers };
  const app = await createApp({ module, ...options }, values(env));
  await app.listen(0, '127.0.0.1');
  return app;
}

const values = (env: Record<string, string>) => readEnvironment(environment, { LOG_LEVEL: 'silent', ...env });
