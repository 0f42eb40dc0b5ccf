import type { Logger } from '../process/logger.js';
import { isHealthPath } from './edge.js';
import type { OpenRequest } from './in-flight.js';
import { loggedPath } from './logged-path.js';
import { pathOf } from './opened.js';

/**
 * @returns a listener that writes one line for each request that is over, a refused one too, and with the reason; health checks
 * and what is light only when debugging, unless it failed
 */
export const accessLog =
  (log: Logger) =>
  ({ requestId, method, url, shed, refusal, isLight }: OpenRequest, status: number, durationMs: number): void => {
    const isQuiet = isHealthPath(pathOf(url)) || (isLight && status < 500);
    const level = isQuiet ? 'debug' : status >= 500 ? 'warn' : 'info';
    const ms = Math.round(durationMs * 10) / 10;
    log[level]({ requestId, method, path: loggedPath(url), status, ms, ...(shed && { shed }), ...refusal }, 'request');
  };
