import { pm2Home, workersDirectory } from '../process/pm2-settings.js';
import { runningPm2Home } from './home.js';
import { Pm2 } from './pm2.js';
import { preflight } from './preflight.js';
import { reload } from './reload.js';

async function run(): Promise<void> {
  const home = runningPm2Home(pm2Home(process.env));
  const startedMs = performance.now();
  const say = (line: string) => {
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1).padStart(5);
    process.stdout.write(`${seconds} s  ${line}\n`);
  };
  await reload({ pm2: new Pm2(home, 'api'), directory: workersDirectory(home), preflight, say });
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`reload: ${error.message}\n`);
    process.exit(1);
  },
);
