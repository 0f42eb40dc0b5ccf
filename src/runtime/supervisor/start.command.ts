/** `pm2-runtime ecosystem.config.js` with what PM2 reads from its environment before it reads that file. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pm2Environment } from '../process/pm2-settings.js';

const program = createRequire(import.meta.url).resolve('pm2/bin/pm2-runtime');
const child = spawn(process.execPath, [program, 'ecosystem.config.js', ...process.argv.slice(2)], {
  env: { ...pm2Environment, ...process.env },
  stdio: ['ignore', 'inherit', 'inherit'],
  // Of its own process group, so that Ctrl-C in a terminal reaches it once, from here, and not every worker as well.
  detached: true,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'));
child.once('error', (error) => {
  process.stderr.write(`start: ${error.message}\n`);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
