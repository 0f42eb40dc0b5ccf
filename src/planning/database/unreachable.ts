import { types } from 'node:util';

/** Refused, reset, unknown host, timed out: errors of Node on the way to a server. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
  'ENOENT',
]);

/** What pg says, without a code, when a connection ends or cannot be had. */
const CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection|was closed))/;

/** SQLite: busy, cannot open, locked, no table yet. */
const SQLITE = new Set([5, 6, 14]);

/**
 * Whether an error means that the database cannot answer at the moment, rather than that a query was wrong: it is away,
 * starting, stopping, too busy, or not yet migrated.
 */
export function isDatabaseUnreachable(error: unknown): boolean {
  // Not `instanceof`: an error of Node's own comes from another realm than code that runs inside a vm, as tests do.
  if (!types.isNativeError(error)) return false;
  const { code, errcode, errors } = error as Error & { code?: unknown; errcode?: unknown; errors?: unknown[] };
  if (errors) return errors.length > 0 && errors.every(isDatabaseUnreachable);
  if (code === 'ERR_SQLITE_ERROR')
    return SQLITE.has(Number(errcode) & 0xff) || error.message.startsWith('no such table');
  if (typeof code === 'string') {
    // PostgreSQL: connection exceptions, operator intervention (57P..: shutting down, starting), too many connections,
    // no such database and a password that is not right (yet), undefined table (not migrated).
    return NETWORK.has(code) || /^(08|28|57P|53300|3D000|42P01)/.test(code) || code === '57014';
  }
  return CONNECTION.test(error.message);
}
