import { createApp } from './app.js';
import { readConfig } from './config.js';
import { createLogs } from './runtime/process/logger.js';
import { run } from './runtime/process/run.js';

async function boot(): Promise<void> {
  const config = readConfig();
  const logs = createLogs(config.log.level, config.worker);
  const { log } = logs;
  for (const setting of config.missingPm2Settings) log.warn(`the environment of pm2-runtime lacks ${setting}`);
  const { worker, watchdog } = config;
  await run({ ...logs, ...config.http, worker, watchdog, createApp: () => createApp(config, logs) });
}

boot().catch((error: Error) => {
  process.stderr.write(`loopwright: ${error.message}\n`);
  process.exit(1);
});
