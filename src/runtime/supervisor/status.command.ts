import { setTimeout as pause } from 'node:timers/promises';
import { pm2Home, workersDirectory } from '../process/pm2-settings.js';
import { type Sighting, sight, sockets } from './ask-worker.js';
import { runningPm2Home } from './home.js';
import { statusTable } from './status-table.js';

const everyMs = 1_000;

async function run(): Promise<void> {
  const directory = workersDirectory(runningPm2Home(pm2Home(process.env)));
  const look = async () =>
    (await Promise.all(sockets(directory).map(sight))).filter(
      (each): each is Sighting => each !== null && each !== 'gone',
    );
  let before = await look();
  if (before.length === 0) throw new Error(`no worker answers in ${directory}`);
  do {
    await pause(everyMs);
    const now = await look();
    const requests = new Map(before.map((each) => [each.worker, each.requests]));
    const table = statusTable({ before: requests, now, seconds: everyMs / 1_000 });
    process.stdout.write(process.stdout.isTTY ? `\x1b[H\x1b[2J${table}\n` : `${table}\n`);
    before = now;
  } while (process.stdout.isTTY);
}

run().catch((error: Error) => {
  process.stderr.write(`status: ${error.message}\n`);
  process.exit(1);
});
