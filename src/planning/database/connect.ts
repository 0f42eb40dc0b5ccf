import { HandleEmptyInListsPlugin, Kysely, PostgresDialect, replaceWithNoncontingentExpression } from 'kysely';
import pg from 'pg';
import { NodeSqliteDialect } from './node-sqlite.js';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;

export interface DatabaseConfig {
  /** `postgres://…` or `sqlite:PATH`. */
  url: string;
  /** Takes the place of the password in the URL, for a password kept in a file. */
  password?: string;
  poolMax: number;
  statementTimeoutMs: number;
  connectTimeoutMs: number;
}

/** As a parameter of the URL, because pg lets a URL without a password win over one that is given beside it. */
export function withPassword(url: string, password: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`;
}

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
    connectionString: config.password === undefined ? config.url : withPassword(config.url, config.password),
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
