import { STATUS_CODES } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../process/logger.js';
import type { OpenRequest } from './in-flight.js';
import { asProblem, type IsUnreachable, tellLog } from './problem.filter.js';
import { notFound, Problem, problemTypes } from './problem.js';
import { requestContext } from './request-context.js';
import { sendProblem } from './send-problem.js';

const pathOfProblem = /^\/problems\/([\w-]+)$/;

/**
 * Behind all routes: what the application leaves to Express. Says what a problem means at the address that its `type`
 * names, where the application has no page for it, and else that there is nothing.
 */
export function nothingHere(request: Request, response: Response): void {
  const path = request.originalUrl.replace(/\?.*$/s, '');
  const slug = request.method === 'GET' ? pathOfProblem.exec(path)?.[1] : undefined;
  const type = problemTypes().find((each) => each.slug === slug);
  if (type) {
    const { status, title, explanation } = type;
    response.type('text/plain').send(`${title}\n\n${explanation}\n\n${status} ${STATUS_CODES[status] ?? ''}\n`);
    return;
  }
  const problem = new Problem(notFound, `There is nothing at ${path}.`);
  sendProblem(response, problem, path, requestContext.getStore()?.requestId);
}

/** Errors of a middleware outside of what Nest answers for: outside of a prefix, its filter is not asked. */
export const failedOutside =
  (log: Logger, isUnreachable: IsUnreachable) =>
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const path = request.originalUrl.replace(/\?.*$/s, '');
    const open = requestContext.getStore() as OpenRequest | undefined;
    const problem = asProblem(error, path, isUnreachable);
    tellLog(log, open, problem, error);
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem, path, open?.requestId);
  };
