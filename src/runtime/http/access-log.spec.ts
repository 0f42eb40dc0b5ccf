import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { accessLog } from './access-log.js';
import type { OpenRequest } from './in-flight.js';

it.each([
  ['/v1/regions', false, 200, 'info'],
  ['/livez', false, 200, 'debug'],
  ['/v1/map/a/map/10/1/1', true, 200, 'debug'],
  ['/v1/map/a/map/10/1/1', true, 404, 'debug'],
  ['/v1/map/a/map/10/1/1', true, 503, 'warn'],
])('writes of %s (light: %s) that was answered by %i at level %s', (url, isLight, status, level) => {
  const lines: string[] = [];
  const log = pino(
    { level: 'debug', base: null, formatters: { level: (label) => ({ level: label }) } },
    { write: (line) => lines.push(line) },
  );
  const request = { requestId: 'r', method: 'GET', url, shed: false, isLight } as OpenRequest;
  accessLog(log)(request, status, 1.23);
  expect(lines.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ level, status, ms: 1.2 })]);
});
