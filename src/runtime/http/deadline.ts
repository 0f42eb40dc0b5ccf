import { applyDecorators, type CanActivate, UseGuards } from '@nestjs/common';
import type { OpenRequest } from './in-flight.js';
import { requestContext } from './request-context.js';

/** The longest that any route has asked for, in milliseconds. */
let longestMs = 0;

export const longestDeadlineMs = (): number => longestMs;

/** A guard and not an interceptor: it comes first, and costs nothing where none is asked for. */
const guard = (change: (open: OpenRequest) => void): CanActivate => ({
  canActivate: () => {
    const open = requestContext.getStore() as OpenRequest | undefined;
    if (open) change(open);
    return true;
  },
});

/**
 * Gives a route, or all routes of a controller, a deadline of its own. Until the route is found, and while other guards
 * work, the deadline of all counts. More than MAX_DEADLINE_MS allows ends the program at boot: a stop waits for the longest.
 * @param ms from the first byte of the request to the end of its answer
 */
export function Deadline(ms: number): MethodDecorator & ClassDecorator {
  longestMs = Math.max(longestMs, ms);
  return applyDecorators(UseGuards(guard((open) => open.giveTime(ms))));
}

/**
 * Exempts a route from the deadline, because its answer is meant to go on: a feed, a long download. A worker that ends tells
 * it by the request's signal (reason `Draining`) and cuts it some seconds later. Server-sent events need no word: what is
 * answered as `text/event-stream` is a stream.
 */
export const Streams = (): MethodDecorator & ClassDecorator =>
  applyDecorators(UseGuards(guard((open) => open.stream())));
