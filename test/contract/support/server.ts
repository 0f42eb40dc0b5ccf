import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from '@jest/globals';

interface Server {
  url: string;
  /** A folder of its own, gone afterwards. */
  folder: string;
}

async function start(server: Server): Promise<() => Promise<void>> {
  server.folder = mkdtempSync(join(tmpdir(), 'loopwright-contract-'));
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, DATABASE_URL: `sqlite:${join(server.folder, 'db')}`, PORT: '0', HOST: '127.0.0.1' };
  for (const words of [
    ['dist/planning/database/migrate.command.js'],
    ['dist/planning/import/trails.command.js', 'sample'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
  }
  const program = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(program, 'exit');
  for await (const line of createInterface({ input: program.stdout })) {
    const { address } = JSON.parse(line);
    if (address === undefined) continue;
    server.url = `http://127.0.0.1:${address.port}`;
    break;
  }
  program.stdout.resume();
  if (!server.url) throw new Error('the server has ended');
  return async () => {
    program.kill('SIGKILL');
    await ended;
    rmSync(server.folder, { recursive: true });
  };
}

/** The built program alone on a free port, over the sample region: for all tests of a file; what is returned is empty before. */
export function sampleServer(): Server {
  const server: Server = { url: '', folder: '' };
  let stop = async (): Promise<void> => {};
  beforeAll(async () => {
    stop = await start(server);
  });
  afterAll(() => stop());
  return server;
}
