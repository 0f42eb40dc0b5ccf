import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A way to run the application of ./app.mjs. */
export interface Peer {
  name: string;
  directory: string;
  /** What to start, with its arguments. */
  command: string[];
  env: Record<string, string>;
  /** Puts another release into service. @throws Error when that failed */
  replace(pid: number): Promise<unknown>;
}

export const WORKERS = 2;

const pm2 = {
  NODE_CLUSTER_SCHED_POLICY: 'none',
  PM2_KILL_SIGNAL: 'SIGTERM',
  PM2_CONCURRENT_ACTIONS: '1',
  PM2_DISABLE_VERSION_CHECK: 'true',
  PM2_NO_INTERACTION: 'true',
  PM2_LOG_DATE_FORMAT: '',
};

/** A directory of its own with the application in it. */
function place(packages = resolve('node_modules')): string {
  const directory = mkdtempSync(join(tmpdir(), 'loopwright-peer-'));
  for (const file of ['app.mjs', 'plain.mjs', 'watt.mjs', 'ours.mjs', 'restarter.mjs']) {
    cpSync(join('bench/peers', file), join(directory, file));
  }
  symlinkSync(packages, join(directory, 'node_modules'));
  writeFileSync(join(directory, 'package.json'), '{"name":"peer","private":true,"type":"module"}');
  return directory;
}

const pm2Bin = resolve('node_modules/pm2/bin/pm2');

/** PM2 in cluster mode with nothing set. */
function pm2AsItComes(): Peer {
  const directory = place();
  const env = { PM2_HOME: join(directory, 'pm2'), PM2_DISABLE_VERSION_CHECK: 'true' };
  return {
    name: 'PM2 as it comes',
    directory,
    command: [`${pm2Bin}-runtime`, 'start', 'plain.mjs', '--name', 'api', '-i', String(WORKERS)],
    env,
    replace: () => run(process.execPath, [pm2Bin, 'reload', 'api'], { env: { ...process.env, ...env } }),
  };
}

function runtime(): Peer {
  const directory = place();
  mkdirSync(join(directory, 'dist'));
  cpSync(join(directory, 'ours.mjs'), join(directory, 'dist/main.js'));
  cpSync(join(directory, 'app.mjs'), join(directory, 'dist/app.mjs'));
  symlinkSync(resolve('dist/runtime'), join(directory, 'dist/runtime'));
  const lines = [
    "import { cluster } from './dist/runtime/cluster.js';",
    "export const apps = cluster({ name: 'peer' });",
  ];
  writeFileSync(join(directory, 'ecosystem.config.js'), lines.join('\n'));
  const env = {
    ...pm2,
    PM2_HOME: join(directory, 'pm2'),
    WEB_CONCURRENCY: String(WORKERS),
    MANAGEMENT_PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const reload = join(directory, 'dist/runtime/supervisor/reload.command.js');
  return {
    name: 'this runtime',
    directory,
    command: [`${pm2Bin}-runtime`, 'ecosystem.config.js'],
    env,
    replace: () => run(process.execPath, [reload], { env: { ...process.env, ...env }, cwd: directory }),
  };
}

/** Its packages are no part of this repository: they are fetched when they are measured. */
async function watt(): Promise<Peer> {
  const packages = resolve('var/peers');
  mkdirSync(packages, { recursive: true });
  writeFileSync(join(packages, 'package.json'), '{"private":true}');
  const needed = ['wattpm@3', '@platformatic/node@3', '@nestjs/common@12', '@nestjs/core@12'];
  needed.push('@nestjs/platform-express@12', 'reflect-metadata', 'rxjs');
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...needed], { cwd: packages });
  const directory = place(join(packages, 'node_modules'));
  const config = {
    module: '@platformatic/node',
    node: { main: 'watt.mjs' },
    runtime: { server: { hostname: '127.0.0.1', port: '{PORT}' }, workers: WORKERS, logger: { level: 'warn' } },
  };
  writeFileSync(join(directory, 'watt.json'), JSON.stringify(config));
  const bin = join(packages, 'node_modules/wattpm/bin/cli.js');
  return {
    name: 'Watt',
    directory,
    command: [bin, 'start'],
    env: {},
    replace: (pid) => run(process.execPath, [bin, 'restart', String(pid)], { cwd: directory }),
  };
}

function oneProcess(): Peer {
  const directory = place();
  return {
    name: 'one process, started again',
    directory,
    command: ['restarter.mjs'],
    env: {},
    replace: async (pid) => process.kill(pid, 'SIGHUP'),
  };
}

export const peers: (() => Peer | Promise<Peer>)[] = [runtime, pm2AsItComes, watt, oneProcess];
