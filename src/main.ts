import { createApp } from './app.js';
import { readConfig } from './config.js';
import { createLogger } from './runtime/process/logger.js';
import { run } from './runtime/process/run.js';

async function boot(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.log.level, config.worker);
  for (const setting of config.missingPm2Settings) log.warn(`the environment of pm2-runtime lacks ${setting}`);
  const { worker, watchdog } = config;
  await run({ log, ...config.http, worker, watchdog, createApp: () => createApp(config, log) });
}

boot().catch((error: Error) => {
  process.stderr.write(`loopwright: ${error.message}\n`);
  process.exit(1);
});
