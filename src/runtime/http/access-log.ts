import type { Logger } from '../process/logger.js';
import { isHealthPath } from './edge.js';
import type { OpenRequest } from './in-flight.js';
import { loggedPath } from './logged-path.js';
import { pathOf } from './opened.js';

/**
 * @returns a listener that writes one line for each request that is over, a refused one too, and with the reason; health checks
 * only when debugging
 */
export const accessLog =
  (log: Logger) =>
  ({ requestId, method, url, shed, refusal }: OpenRequest, status: number, durationMs: number): void => {
    const level = isHealthPath(pathOf(url)) ? 'debug' : status >= 500 ? 'warn' : 'info';
    const ms = Math.round(durationMs * 10) / 10;
    log[level]({ requestId, method, path: loggedPath(url), status, ms, ...(shed && { shed }), ...refusal }, 'request');
  };
