import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOGGER, type Logger } from '../process/logger.js';
import { internalError, notFound, Problem, unavailable } from './problem.js';
import { requestContext } from './request-context.js';
import { sendProblem } from './send-problem.js';

/** Token of a function that knows the errors of a part (the database) that cannot be reached at the moment. */
export const IS_UNREACHABLE = Symbol('is unreachable');

const retryAfterSeconds = 2;

/** The status that Express and its helpers put on an error they blame on the client. */
function statusOf(error: unknown): number | undefined {
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  const found = status ?? statusCode;
  return typeof found === 'number' && found >= 400 && found < 500 ? found : undefined;
}

/** @returns the answer to an error; of its own mistakes the server gives nothing away */
export function asProblem(error: unknown, path: string, isUnreachable: (error: unknown) => boolean): Problem {
  if (error instanceof Problem) return error;
  if (isUnreachable(error)) {
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    return new Problem(unavailable, 'The database cannot be reached at the moment.', {}, headers);
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === undefined || status >= 500) {
    return new Problem(internalError, 'The server made a mistake; the request id finds it in its log.');
  }
  if (status === 404) return new Problem(notFound, `There is nothing at ${path}.`);
  const title = STATUS_CODES[status] ?? 'Refused';
  return new Problem({ slug: 'about:blank', status, title, explanation: title }, (error as Error).message);
}

/** The one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(IS_UNREACHABLE) private readonly isUnreachable: (error: unknown) => boolean,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const context = requestContext.getStore();
    // A handler that was told to stop fails in its own words; what counts is why it was told.
    const cause = context?.signal.aborted ? context.signal.reason : error;
    if (response.writableEnded || response.destroyed) return;
    // `path` is relative to where a middleware was mounted.
    const path = request.originalUrl.replace(/\?.*$/s, '');
    const problem = asProblem(cause, path, this.isUnreachable);
    // A refusal is no mistake: the line of its request says all there is to say.
    if (problem.type.status >= 500 && !(cause instanceof Problem)) {
      const level = problem.type === internalError ? 'error' : 'warn';
      this.log[level]({ requestId: context?.requestId, err: cause }, problem.type.title);
    }
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem, path, context?.requestId);
  }
}
