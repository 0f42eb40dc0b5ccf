/**
 * The leaf of the door for what loads no framework: PM2's file, the settings of the application, its commands. PM2's own
 * process, which keeps what it has loaded, would be half as large again with `door.ts`.
 */
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { type Environment, environment as ownEnvironment, readEnvironment, runtimeConfig } from './config.js';
import { machine } from './process/machine.js';
import { workersDirectory } from './process/pm2-settings.js';
import { type Size, workerCount } from './process/worker-count.js';
import type { SupervisorSettings } from './supervisor/settings.js';
import { listenTimeoutMs, stopTimes } from './times.js';

export { ConfigError, environment, readEnvironment, wholeNumber } from './config.js';
export { pm2Environment } from './process/pm2-settings.js';
export * as times from './times.js';

/** What an application needs beside the heaps of its workers. */
export interface Needs {
  /** What it holds in each worker outside the JavaScript heap: caches, threads of its own. */
  mibPerWorker?: number;
  /** @returns variables that follow from the size of the machine, for the workers */
  variables?(size: Size): Record<string, string>;
}

export interface ClusterOptions<Schema> {
  /** Of the application: begins the line that says why nothing starts. */
  name: string;
  /** The application's schema of the environment, which extends the runtime's. */
  environment?: Schema;
  /**
   * From what the environment says.
   * @throws ConfigError when it says something that cannot be used
   */
  needs?(values: z.infer<Schema>): Needs;
  /** The program of a worker, from the directory of ecosystem.config.js. */
  script?: string;
}

/** One entry of PM2's ecosystem file. */
type Entry = Record<string, unknown> & { name: string; script: string };

/**
 * The directory as PM2 was told of it, so that a link to a release stays a link: a worker started after the link was moved
 * runs what it points to by then. An import would have followed it once and for all.
 */
function root(): string {
  const told = process.argv.find((word) => word.endsWith('ecosystem.config.js'));
  return told ? dirname(resolve(told)) : process.cwd();
}

/** PM2 would print a stack and exit 0, and a container that never served anything would seem to have ended well. */
function giveUp(name: string, error: unknown): never {
  process.stderr.write(`${name}: ${(error as Error).message}\n`);
  process.exit(1);
}

/** What every process has in common: it writes its own log, and PM2 sends nothing to anyone. */
const plain = {
  merge_logs: true,
  out_file: '/dev/null',
  error_file: '/dev/null',
  treekill: false,
  pmx: false,
  automation: false,
  vizion: false,
  // PM2 writes a line at each look.
  kill_retry_time: 1_000,
  exp_backoff_restart_delay: 100,
  // Always try again, at growing intervals; pm2-runtime itself ends with 2 when nothing is left running.
  max_restarts: 1_000_000,
};

/**
 * What PM2 runs, the `apps` of ecosystem.config.js: the workers (`api`) and the supervisor. Follows from the environment,
 * the machine and the chain of times. PM2 loads that file by `require`: no top-level await.
 * Ends the process with 1 and one line when a variable does not fit.
 */
export function cluster<Schema extends z.ZodType<z.infer<Environment>> = Environment>({
  name,
  environment = ownEnvironment as unknown as Schema,
  needs = () => ({}),
  script = 'dist/main.js',
}: ClusterOptions<Schema>): Entry[] {
  try {
    const values = readEnvironment(environment);
    const { workers: wanted, pm2Home, supervisor, maxDeadlineMs } = runtimeConfig(values);
    const { mibPerWorker = 0, variables = () => ({}) } = needs(values);
    const size = workerCount(machine(), { workers: wanted, besideMib: mibPerWorker });
    const env = variables(size);
    const { killTimeoutMs } = stopTimes(maxDeadlineMs);
    const more = Object.entries(env).map(([key, value]) => ` and ${key}=${value}`);
    const line = { level: 'info', time: new Date().toISOString(), msg: `${size.reason}${more.join('')}` };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    const settings: SupervisorSettings = {
      name: 'api',
      workers: size.workers,
      ...supervisor,
      pm2Home,
      directory: workersDirectory(pm2Home),
    };
    const common = { ...plain, cwd: root(), kill_timeout: killTimeoutMs };
    return [
      {
        ...common,
        name: 'api',
        script,
        exec_mode: 'cluster',
        instances: size.workers,
        node_args: `--max-old-space-size=${size.heapMib}`,
        env,
        wait_ready: true,
        listen_timeout: listenTimeoutMs,
      },
      {
        ...common,
        name: 'supervisor',
        script: join(dirname(script), 'runtime/supervisor/main.js'),
        args: [JSON.stringify(settings)],
        exec_mode: 'fork',
        // It holds little, and is to hold little.
        node_args: '--max-old-space-size=48 --max-semi-space-size=1',
        // It ends with this when no worker can start: then nothing is left running, and pm2-runtime ends with 2.
        stop_exit_codes: [3],
      },
    ];
  } catch (error) {
    return giveUp(name, error);
  }
}
