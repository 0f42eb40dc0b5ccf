import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** One worker of the built program, without nginx. */
export interface Server {
  base: string;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

const { PATH = '', HOME = '' } = process.env;

/** Builds the program and fills a database with Andorra where LOOPWRIGHT_DATA names its folder, with the sample otherwise. */
export function prepare(): { folder: string; region: string; near: string; env: NodeJS.ProcessEnv } {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-overload-'));
  const data = process.env.LOOPWRIGHT_DATA;
  const env = { PATH, HOME, DATABASE_URL: `sqlite:${join(folder, 'db')}`, LOG_LEVEL: 'error' };
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'ignore' });
  execFileSync(process.execPath, ['dist/planning/database/migrate.command.js'], { env, stdio: 'ignore' });
  const source = data ? ['import', join(data, 'andorra-2025.osm.pbf'), '--elevation', data] : ['sample'];
  execFileSync(process.execPath, ['dist/planning/import/trails.command.js', ...source], { env, stdio: 'ignore' });
  return { folder, region: data ? 'Andorra' : 'the made-up region', near: data ? 'Ordino' : 'Alderby', env };
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** @param flags of node, before the program */
export async function serve(env: NodeJS.ProcessEnv, flags: string[] = []): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, 'dist/main.js'], {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await fetch(`${base}/readyz`).catch(() => null))?.ok; tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error('the server does not become ready');
    await pause(100);
  }
  return {
    base,
    signal: (name) => child.kill(name),
    stop: async () => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
}
