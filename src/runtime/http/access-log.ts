import type { Logger } from '../process/logger.js';
import { isHealthPath } from './edge.js';
import type { OpenRequest } from './in-flight.js';
import { pathOf } from './opened.js';

/** @returns a listener that writes one line for each request that is over; health checks only when debugging */
export const accessLog =
  (log: Logger) =>
  ({ requestId, method, url, shed }: OpenRequest, status: number, durationMs: number): void => {
    const level = isHealthPath(pathOf(url)) ? 'debug' : 'info';
    log[level](
      { requestId, method, url, status, ms: Math.round(durationMs * 10) / 10, ...(shed && { shed }) },
      'request',
    );
  };
