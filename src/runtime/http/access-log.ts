import type { Logger } from '../process/logger.js';
import { isHealthPath } from './edge.js';
import type { OpenRequest } from './in-flight.js';
import { pathOf } from './opened.js';

/** @returns a listener that writes one line for each request that is over; health checks and what is light only when debugging, unless it failed */
export const accessLog =
  (log: Logger) =>
  ({ requestId, method, url, shed, isLight }: OpenRequest, status: number, durationMs: number): void => {
    const level = isHealthPath(pathOf(url)) || (isLight && status < 500) ? 'debug' : 'info';
    log[level](
      { requestId, method, url, status, ms: Math.round(durationMs * 10) / 10, ...(shed && { shed }) },
      'request',
    );
  };
