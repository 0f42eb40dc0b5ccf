import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { missingPm2Settings, pm2Home, workersDirectory } from './runtime/process/pm2-settings.js';

const wholeNumber = (min: number, max: number) => {
  const fault = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(fault).int(fault).min(min, fault).max(max, fault);
};

/**
 * The environment, one variable a line. Unknown variables are left alone: PM2 copies its own into every worker.
 * The table in the README is generated from here (`npm run docs:config`).
 */
export const environment = z.object({
  PORT: wholeNumber(0, 65_535).default(3000).describe('Port that the API listens on'),
  HOST: z.string().default('0.0.0.0').describe('Address that the API listens on'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|sqlite:)./, 'must be postgres://… or sqlite:PATH')
    .default('sqlite:var/loopwright.db')
    .describe('Where the trails are: `postgres://USER@HOST/NAME` or `sqlite:PATH`'),
  DATABASE_PASSWORD_FILE: z.string().optional().describe('File with the password for DATABASE_URL'),
  DATABASE_POOL_MAX: wholeNumber(1, 100).default(5).describe('Connections to PostgreSQL, for each worker'),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber(100, 600_000)
    .default(8_000)
    .describe('PostgreSQL gives a query up after this'),
  WEB_CONCURRENCY: wholeNumber(1, 1_024)
    .optional()
    .describe('Workers; by default as many as processors, CPU quota and memory allow'),
  PLANNER_THREADS: wholeNumber(1, 64)
    .optional()
    .describe('Planner threads, for each worker; by default 1, or the processors that have no worker'),
  PLANNER_QUEUE: wholeNumber(0, 10_000).default(16).describe('Plans that may wait for a thread, for each worker'),
  TILE_CACHE_MIB: wholeNumber(1, 65_536).default(128).describe('Memory for trails and roads read, for each worker'),
  MAX_IN_FLIGHT: wholeNumber(1, 100_000)
    .default(200)
    .describe('Requests that a worker answers at once; more are refused with 503'),
  TRUSTED_PROXIES: z
    .string()
    .regex(/^[\w.:/, ]+$/, 'must be addresses or networks with commas between')
    .default('loopback,linklocal,uniquelocal')
    .describe(
      'Proxies that are believed whom they ask for: addresses, networks, `loopback`, `linklocal`, `uniquelocal`; or `none`',
    ),
  MAX_REQUESTS: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('A worker is replaced after this many requests (and up to a fifth more)'),
  MAX_LIFETIME: wholeNumber(1, 31_536_000)
    .optional()
    .describe('A worker is replaced after this many seconds (and up to a fifth more)'),
  MAX_RSS: wholeNumber(1, 1_048_576)
    .optional()
    .describe('A worker that holds this many MiB of memory (or up to a fifth less) is replaced'),
  MANAGEMENT_PORT: wholeNumber(0, 65_535).default(9464).describe('Port of the supervisor: /workers, /metrics, /readyz'),
  MANAGEMENT_HOST: z.string().default('127.0.0.1').describe('Address that the supervisor listens on'),
  WATCHDOG: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether a worker whose main loop hangs is ended; `off` while debugging'),
  SETTINGS_FILE: z
    .string()
    .optional()
    .describe('File of NAME=VALUE lines that outweigh the environment; `npm run reload` applies a changed one'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severe log line that is written'),
});

/** What the program runs on; frozen, in the groups that its parts take. */
export type Config = ReturnType<typeof readConfig>;

/** A variable that does not fit: the message is one line a variable, ready to be printed. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

function secret(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(`DATABASE_PASSWORD_FILE: cannot be read (${(error as Error).message})`);
  }
}

/** What PM2, the listening socket and the supervisor were started with: no reload changes it. */
const fixedAtStart = [
  'PORT',
  'HOST',
  'WEB_CONCURRENCY',
  'MANAGEMENT_PORT',
  'MANAGEMENT_HOST',
  'MAX_REQUESTS',
  'MAX_LIFETIME',
  'MAX_RSS',
  'SETTINGS_FILE',
];

/** @throws ConfigError when the file cannot be read, or sets what a reload cannot change */
function settings(file: string | undefined): NodeJS.Dict<string> {
  if (!file) return {};
  let values: NodeJS.Dict<string>;
  try {
    values = parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`SETTINGS_FILE: cannot be read (${(error as Error).message})`);
  }
  const misplaced = fixedAtStart.filter((name) => name in values);
  if (misplaced.length > 0) throw new ConfigError(`${file}: ${misplaced.join(', ')} must be set in the environment`);
  return values;
}

/**
 * @param env usually `process.env`; an empty value counts as unset; SETTINGS_FILE names more
 * @throws ConfigError naming every variable that does not fit
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const both = { ...env, ...settings(env.SETTINGS_FILE) };
  const given = Object.fromEntries(Object.entries(both).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name}=${given[name] ?? ''}: ${issue.message}`;
    });
    throw new ConfigError(faults.join('; '));
  }
  const value = parsed.data;
  return Object.freeze({
    http: Object.freeze({ port: value.PORT, host: value.HOST }),
    inFlightMax: value.MAX_IN_FLIGHT,
    trustedProxies: value.TRUSTED_PROXIES === 'none' ? false : value.TRUSTED_PROXIES,
    database: Object.freeze({
      url: value.DATABASE_URL,
      password: secret(value.DATABASE_PASSWORD_FILE),
      poolMax: value.DATABASE_POOL_MAX,
      statementTimeoutMs: value.DATABASE_STATEMENT_TIMEOUT_MS,
      connectTimeoutMs: 3_000,
    }),
    workers: value.WEB_CONCURRENCY,
    planner: Object.freeze({ threads: value.PLANNER_THREADS ?? 1, queueMax: value.PLANNER_QUEUE }),
    tileCacheBytes: value.TILE_CACHE_MIB * 2 ** 20,
    pm2Home: pm2Home(given),
    /** As given: ecosystem.config.js chooses when it is not. */
    plannerThreads: value.PLANNER_THREADS,
    /** What PM2 should have found in its environment; empty when no PM2 is about. */
    missingPm2Settings: given.pm_id === undefined ? [] : missingPm2Settings(env),
    // PM2 gives the slot of a worker that has gone to one that follows; Node's number of a worker is never used again.
    worker: Object.freeze({
      slot: Number(given.NODE_APP_INSTANCE ?? 0),
      id: cluster.worker?.id ?? 0,
      pmId: Number(given.pm_id ?? 0),
      directory: given.pm_id === undefined ? null : workersDirectory(pm2Home(given)),
    }),
    supervisor: Object.freeze({
      port: value.MANAGEMENT_PORT,
      host: value.MANAGEMENT_HOST,
      limits: Object.freeze({
        maxRequests: value.MAX_REQUESTS,
        maxLifetimeSeconds: value.MAX_LIFETIME,
        maxRssBytes: value.MAX_RSS === undefined ? undefined : value.MAX_RSS * 2 ** 20,
      }),
    }),
    watchdog: value.WATCHDOG === 'on',
    log: Object.freeze({ level: value.LOG_LEVEL }),
  });
}
