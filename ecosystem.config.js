/**
 * What PM2 runs. Everything in it follows from the environment (src/config.ts), from the machine, and from timeouts.js.
 * PM2 loads this file by `require`: no top-level await.
 */
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killTimeoutMs, listenTimeoutMs } from './timeouts.js';

/**
 * The directory as PM2 was told of it, so that a link to a release stays a link: a worker started after the link was moved
 * runs what it points to by then. An import would have followed it once and for all.
 */
const told = process.argv.find((word) => word.endsWith('ecosystem.config.js'));
const root = told ? dirname(resolve(told)) : fileURLToPath(new URL('.', import.meta.url));

/** PM2 would print a stack and exit 0, and a container that never served anything would seem to have ended well. */
function giveUp(message) {
  process.stderr.write(`loopwright: ${message}\n`);
  process.exit(1);
}

function load(module) {
  try {
    return createRequire(import.meta.url)(module);
  } catch (error) {
    return giveUp(error.code === 'MODULE_NOT_FOUND' ? `${module} is missing: npm run build` : error.message);
  }
}

function settings() {
  const { readConfig } = load('./dist/config.js');
  const { machine } = load('./dist/runtime/process/machine.js');
  const { workerCount } = load('./dist/runtime/process/worker-count.js');
  const { workersDirectory } = load('./dist/runtime/process/pm2-settings.js');
  try {
    const { workers, plannerThreads, tileCacheBytes, pm2Home, supervisor } = readConfig();
    const size = workerCount(machine(), { workers, plannerThreads, tileCacheBytes });
    return { ...size, supervisor: { ...supervisor, pm2Home, directory: workersDirectory(pm2Home) } };
  } catch (error) {
    return giveUp(error.message);
  }
}

const { workers, plannerThreads, heapMib, reason, supervisor } = settings();
process.stdout.write(`${JSON.stringify({ level: 'info', time: new Date().toISOString(), msg: reason })}\n`);

/** What every process has in common: it writes its own log, and PM2 sends nothing to anyone. */
const plain = {
  cwd: root,
  merge_logs: true,
  out_file: '/dev/null',
  error_file: '/dev/null',
  treekill: false,
  pmx: false,
  automation: false,
  vizion: false,
  kill_timeout: killTimeoutMs,
  // PM2 writes a line at each look.
  kill_retry_time: 1_000,
  exp_backoff_restart_delay: 100,
};

export const apps = [
  {
    ...plain,
    name: 'api',
    script: 'dist/main.js',
    exec_mode: 'cluster',
    instances: workers,
    node_args: `--max-old-space-size=${heapMib}`,
    env: { PLANNER_THREADS: String(plannerThreads) },
    wait_ready: true,
    listen_timeout: listenTimeoutMs,
    // Always try again, at growing intervals; pm2-runtime itself ends with 2 when nothing is left running.
    max_restarts: 1_000_000,
  },
  {
    ...plain,
    name: 'supervisor',
    script: 'dist/runtime/supervisor/main.js',
    args: [JSON.stringify({ name: 'api', workers, ...supervisor })],
    exec_mode: 'fork',
    // It holds little, and is to hold little.
    node_args: '--max-old-space-size=48 --max-semi-space-size=1',
    // It ends with this when no worker can start: then nothing is left running, and pm2-runtime ends with 2.
    stop_exit_codes: [3],
    max_restarts: 1_000_000,
  },
];
