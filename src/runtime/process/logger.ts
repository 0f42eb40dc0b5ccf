import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type { Logger };

/** Token of the process's logger. */
export const LOGGER = Symbol('logger');

/**
 * One JSON object a line, written to the process's own standard output before the call returns: PM2 replaces
 * `process.stdout` by a message to its primary, and the last words of a dying process are lost on that road.
 * @param worker slot and id, on every line
 */
export function createLogger(level: string, worker: { slot: number; id: number }): Logger {
  return pino(
    {
      level,
      base: { slot: worker.slot, worker: worker.id, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 1, sync: true }),
  );
}

/** What Nest says of itself, by the same road; its account of every route and module only when asked for. */
export function nestLogger(log: Logger): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.at(-1);
      const fields = typeof context === 'string' ? { context } : {};
      if (message instanceof Error) log[level]({ ...fields, err: message });
      else log[level](fields, String(message));
    };
  return {
    log: write('debug'),
    verbose: write('debug'),
    debug: write('debug'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  };
}
