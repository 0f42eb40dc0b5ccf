import type { Duplex } from 'node:stream';
import { HandleEmptyInListsPlugin, Kysely, PostgresDialect, replaceWithNoncontingentExpression } from 'kysely';
import pg from 'pg';
import { NodeSqliteDialect } from './node-sqlite.js';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;

export interface DatabaseConfig {
  /** `postgres://…` or `sqlite:PATH`. */
  url: string;
  /**
   * Asked at each new connection, so that a password may change while the program runs; takes the place of one in the URL.
   * What it throws is the failure of that connection.
   */
  password?: () => string;
  poolMax: number;
  statementTimeoutMs: number;
  connectTimeoutMs: number;
}

/** Code of PostgreSQL for a password that is not right: it may be right in a moment. */
const INVALID_PASSWORD = '28P01';

/** pg's client, which would let a URL without a password win over one that is given beside it. */
const clientAsking = (password: () => string) =>
  class extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super(options);
      this.password = (async () => {
        try {
          return password();
        } catch (error) {
          // pg only tells the error; the server would keep the connection for its `authentication_timeout`.
          const { stream } = (this as unknown as { connection: { stream: Duplex } }).connection;
          setImmediate(() => stream.destroy());
          throw Object.assign(error as Error, { code: INVALID_PASSWORD });
        }
        // Its own type is that of a password that is known; a function it calls when the server asks.
      }) as unknown as string;
    }
  };

/**
 * Opens nothing yet: the first query connects, and each one that fails leaves the pool able to try again.
 * @throws Error when the URL is of neither kind
 */
export function connect(config: DatabaseConfig): Database {
  const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];
  if (config.url.startsWith('sqlite:')) {
    return new Kysely<Schema>({ dialect: new NodeSqliteDialect(config.url.slice('sqlite:'.length)), plugins });
  }
  const pool = new pg.Pool({
    connectionString: config.url,
    ...(config.password && { Client: clientAsking(config.password) as new () => pg.Client }),
    max: config.poolMax,
    statement_timeout: config.statementTimeoutMs,
    connectionTimeoutMillis: config.connectTimeoutMs,
    keepAlive: true,
  });
  // A server that restarts drops connections, those that wait and those in use; whoever uses one hears of it by the query, and
  // without listeners the error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), plugins });
}
