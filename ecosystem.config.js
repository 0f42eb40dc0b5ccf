/**
 * What PM2 runs. Everything in it follows from the environment (src/config.ts), from the machine, and from timeouts.js.
 * PM2 loads this file by `require`: no top-level await.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { killTimeoutMs, listenTimeoutMs } from './timeouts.js';

const root = fileURLToPath(new URL('.', import.meta.url));

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

function size() {
  const { readConfig } = load('./dist/config.js');
  const { machine } = load('./dist/runtime/process/machine.js');
  const { workerCount } = load('./dist/runtime/process/worker-count.js');
  try {
    const { workers, plannerThreads, tileCacheBytes } = readConfig();
    return workerCount(machine(), { workers, plannerThreads, tileCacheBytes });
  } catch (error) {
    return giveUp(error.message);
  }
}

const { workers, plannerThreads, heapMib, reason } = size();
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
];
