import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { ConfigError, readEnvironment, environment as runtimeEnvironment, wholeNumber } from './runtime/cluster.js';

const databaseUrl = z.string().regex(/^(postgres(ql)?:\/\/|sqlite:)./, 'must be postgres://… or sqlite:PATH');
const listOf = (text: string): string[] => text.split(',').map((each) => each.trim());

/** An address, a network, or a name that Express has for some. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

/**
 * The environment, one variable a line: the runtime's, and these. The table in the README is generated from here
 * (`npm run docs:config`).
 */
export const environment = runtimeEnvironment.extend({
  DATABASE_URL: databaseUrl
    .default('sqlite:var/loopwright.db')
    .describe('Where the trails are: `postgres://USER@HOST/NAME`, whose user owns them and imports, or `sqlite:PATH`'),
  DATABASE_PASSWORD_FILE: z
    .string()
    .optional()
    .describe('File with the password for DATABASE_URL; read at each new connection'),
  DATABASE_READ_URL: databaseUrl
    .optional()
    .describe(
      'The same for the workers, whose user only reads; `loopwright migrate` grants it that. By default DATABASE_URL',
    ),
  DATABASE_READ_PASSWORD_FILE: z.string().optional().describe('File with the password for DATABASE_READ_URL'),
  PGPASSWORD: z.string().optional().describe('Password for either where no file and no URL gives one'),
  DATABASE_POOL_MAX: wholeNumber(1, 100).default(5).describe('Connections to PostgreSQL, for each worker'),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber(100, 600_000)
    .default(8_000)
    .describe('PostgreSQL gives a query up after this'),
  PLANNER_THREADS: wholeNumber(1, 64)
    .optional()
    .describe('Planner threads, for each worker; by default 1, or the processors that have no worker'),
  PLANNER_QUEUE: wholeNumber(0, 10_000)
    .default(16)
    .describe('Questions that may wait behind those that are planned, for each worker'),
  TILE_CACHE_MIB: wholeNumber(1, 65_536).default(128).describe('Memory for trails and roads read, for each worker'),
  TRUSTED_PROXIES: z
    .string()
    .refine((text) => text === 'none' || listOf(text).every(isNetwork), 'must be addresses or networks, or none')
    .default('loopback,linklocal,uniquelocal')
    .describe(
      'Proxies that are believed for whom they ask (`X-Forwarded-For`), with commas between: addresses, networks (CIDR), `loopback`, `linklocal`, `uniquelocal`; or `none`',
    ),
});

/** What the environment says, by name. */
export type Values = z.infer<typeof environment>;

/** What planning runs on; frozen, in the groups that its parts take. */
export type Config = ReturnType<typeof grouped>;

type FileVariable = 'DATABASE_PASSWORD_FILE' | 'DATABASE_READ_PASSWORD_FILE';

const hasPassword = (url: string): boolean => /^[^:]+:\/\/[^/?@]*:[^/?@]*@|[?&]password=/.test(url);

/**
 * Where the password of a database comes from, which is asked again for each new connection: its file, then the URL, then
 * PGPASSWORD, in the environment or in SETTINGS_FILE.
 * @returns undefined where the URL, or pg itself (`.pgpass`), has it
 * @throws ConfigError when the file cannot be read now
 */
function passwordOf(value: Values, url: string, variable: FileVariable): (() => string) | undefined {
  const file = value[variable];
  if (file === undefined) {
    if (value.PGPASSWORD === undefined || hasPassword(url)) return undefined;
    return () => readEnvironment(environment).PGPASSWORD ?? '';
  }
  const read = (): string => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new ConfigError(`${variable}: cannot be read (${(error as Error).message})`);
    }
  };
  read();
  return read;
}

/** @throws ConfigError when a password cannot be read */
export function grouped(value: Values) {
  const common = {
    poolMax: value.DATABASE_POOL_MAX,
    statementTimeoutMs: value.DATABASE_STATEMENT_TIMEOUT_MS,
    connectTimeoutMs: 3_000,
  };
  const at = (url: string, variable: FileVariable) =>
    Object.freeze({ url, password: passwordOf(value, url, variable), ...common });
  const owner = at(value.DATABASE_URL, 'DATABASE_PASSWORD_FILE');
  const { DATABASE_READ_URL: readUrl } = value;
  return Object.freeze({
    trustedProxies: value.TRUSTED_PROXIES === 'none' ? false : listOf(value.TRUSTED_PROXIES),
    /** For migrating and importing. */
    database: owner,
    /** For the workers. */
    databaseToRead: readUrl === undefined ? owner : at(readUrl, 'DATABASE_READ_PASSWORD_FILE'),
    planner: Object.freeze({ threads: value.PLANNER_THREADS ?? 1, queueMax: value.PLANNER_QUEUE }),
    tileCacheBytes: value.TILE_CACHE_MIB * 2 ** 20,
  });
}

/** @throws ConfigError naming every variable that does not fit */
export const readConfig = (env?: NodeJS.ProcessEnv): Config => grouped(readEnvironment(environment, env));

/** What a worker holds beside its heap, and the processors that have no worker given to the planner's threads. */
export function needs(value: Values) {
  grouped(value);
  return {
    mibPerWorker: value.TILE_CACHE_MIB,
    variables: ({ processorsEach }: { processorsEach: number }) => ({
      PLANNER_THREADS: String(value.PLANNER_THREADS ?? processorsEach),
    }),
  };
}
