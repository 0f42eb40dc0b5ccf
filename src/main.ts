import { createApp } from './app.js';
import { readConfig } from './config.js';

async function boot(): Promise<void> {
  const config = readConfig();
  const app = await createApp(config);
  await app.listen(config.http.port, config.http.host);
  process.send?.('ready');
}

boot().catch((error: Error) => {
  process.stderr.write(`loopwright: ${error.message}\n`);
  process.exit(1);
});
