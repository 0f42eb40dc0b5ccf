import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { Lines } from './lines.js';

export type { Logger };

/** Token of the process's logger. */
export const LOGGER = Symbol('logger');

export interface Logs {
  /** Writes before the call returns: nothing that a dying process says is lost. */
  log: Logger;
  /** For the lines that come with every request: they wait until the event loop's turn ends, in their order with the others. */
  requestLog: Logger;
  /** Writes what waits. */
  flush(): void;
}

/** The time as pino wants it, `,"time":"…"`; made once a millisecond, in which a busy worker writes many lines. */
function clock(): () => string {
  let atMs = 0;
  let text = '';
  return () => {
    const nowMs = Date.now();
    if (nowMs !== atMs) {
      atMs = nowMs;
      text = `,"time":"${new Date(nowMs).toISOString()}"`;
    }
    return text;
  };
}

/**
 * One JSON object a line, written to the process's own standard output: PM2 replaces `process.stdout` by a message to
 * its primary, and the last words of a dying process are lost on that road.
 * @param worker slot and id, on every line
 */
export function createLogs(level: string, worker: { slot: number; id: number }): Logs {
  const lines = new Lines(pino.destination({ fd: 1, sync: true }));
  const options = {
    level,
    base: { slot: worker.slot, worker: worker.id, pid: process.pid },
    timestamp: clock(),
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return {
    log: pino(options, lines),
    requestLog: pino(options, { write: (line) => lines.writeLater(line) }),
    flush: () => lines.flush(),
  };
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
