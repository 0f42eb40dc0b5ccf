import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';

async function boot(): Promise<void> {
  const config = readConfig();
  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
  await app.listen(config.http.port, config.http.host);
  process.send?.('ready');
}

boot().catch((error: Error) => {
  process.stderr.write(`loopwright: ${error.message}\n`);
  process.exit(1);
});
