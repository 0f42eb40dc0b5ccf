import { randomUUID } from 'node:crypto';

const acceptable = /^[A-Za-z0-9_-]{8,128}$/;

/** The id that a request came with (nginx gives it one), when it is harmless in a log line; else a new one. */
export function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
}
