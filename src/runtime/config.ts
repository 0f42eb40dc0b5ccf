import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { missingPm2Settings, pm2Home, workersDirectory } from './process/pm2-settings.js';
import { requestDeadlineMs } from './times.js';

/** @returns a variable that is a whole number, for schemas of the environment */
export function wholeNumber(min: number, max: number) {
  const fault = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(fault).int(fault).min(min, fault).max(max, fault);
}

/**
 * The variables that any API has, one a line; an application extends it by its own. Unknown variables are left alone: PM2
 * copies its own into every worker.
 */
export const environment = z.object({
  PORT: wholeNumber(0, 65_535).default(3000).describe('Port that the API listens on'),
  HOST: z.string().default('0.0.0.0').describe('Address that the API listens on'),
  WEB_CONCURRENCY: wholeNumber(1, 1_024)
    .optional()
    .describe('Workers; by default as many as processors, CPU quota and memory allow'),
  MAX_IN_FLIGHT: wholeNumber(1, 100_000)
    .default(200)
    .describe('Requests that a worker answers at once; more are refused with 503'),
  MAX_BODY_KIB: wholeNumber(1, 1_048_576).default(100).describe('A request whose body is longer is refused with 413'),
  MAX_DEADLINE_MS: wholeNumber(requestDeadlineMs, 3_600_000)
    .default(requestDeadlineMs)
    .describe('The longest that a route may take which asks for more than the others; a stop waits as long'),
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

/** The runtime's schema, or one that extends it. */
export type Environment = typeof environment;

/** A variable that does not fit: the message is one line a variable, ready to be printed. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** What PM2, the listening socket and the supervisor were started with: no reload changes it. */
const fixedAtStart = [
  'PORT',
  'HOST',
  'WEB_CONCURRENCY',
  'MANAGEMENT_PORT',
  'MANAGEMENT_HOST',
  'MAX_DEADLINE_MS',
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

/** What is given: an empty value counts as unset, and the settings file outweighs the environment. */
function givenIn(env: NodeJS.ProcessEnv): NodeJS.Dict<string> {
  const both = { ...env, ...settings(env.SETTINGS_FILE) };
  return Object.fromEntries(Object.entries(both).filter(([, value]) => value !== undefined && value !== ''));
}

/**
 * Reads and checks the environment.
 * @param schema the application's own, which extends the runtime's
 * @param env usually `process.env`; SETTINGS_FILE names more
 * @returns the values by name, the runtime's among them
 * @throws ConfigError naming every variable that does not fit
 */
export function readEnvironment<Schema extends z.ZodType<z.infer<Environment>>>(
  schema: Schema,
  env: NodeJS.ProcessEnv = process.env,
): z.infer<Schema> {
  const given = givenIn(env);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `${name}=${given[name] ?? ''}: ${issue.message}`;
  });
  throw new ConfigError(faults.join('; '));
}

/** What the runtime itself runs on; frozen, in the groups that its parts take. */
export type RuntimeConfig = ReturnType<typeof runtimeConfig>;

/**
 * @param value what `readEnvironment` read
 * @param env the same that it was read from, for what PM2 has left in it
 */
export function runtimeConfig(value: z.infer<Environment>, env: NodeJS.ProcessEnv = process.env) {
  const home = pm2Home(env);
  return Object.freeze({
    http: Object.freeze({ port: value.PORT, host: value.HOST }),
    inFlightMax: value.MAX_IN_FLIGHT,
    bodyMaxBytes: value.MAX_BODY_KIB * 2 ** 10,
    maxDeadlineMs: value.MAX_DEADLINE_MS,
    workers: value.WEB_CONCURRENCY,
    pm2Home: home,
    /** What PM2 should have found in its environment; empty when no PM2 is about. */
    missingPm2Settings: env.pm_id === undefined ? [] : missingPm2Settings(env),
    // PM2 gives the slot of a worker that has gone to one that follows; Node's number of a worker is never used again.
    worker: Object.freeze({
      slot: Number(env.NODE_APP_INSTANCE ?? 0),
      id: cluster.worker?.id ?? 0,
      pmId: Number(env.pm_id ?? 0),
      directory: env.pm_id === undefined ? null : workersDirectory(home),
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
