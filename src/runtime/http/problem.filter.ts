import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOGGER, type Logger } from '../process/logger.js';
import { internalError, notFound, Problem, unavailable } from './problem.js';
import { requestContext } from './request-context.js';
import { sendProblem } from './send-problem.js';

/**
 * Knows the errors of a part that cannot be reached at the moment.
 * @returns the name of the part ("database"), or only whether it is such an error
 */
export type IsUnreachable = (error: unknown) => boolean | string;

/** Token of the application's IsUnreachable. */
export const IS_UNREACHABLE = Symbol('is unreachable');

const retryAfterSeconds = 2;

/** The status that Express and its helpers put on an error they blame on the client. */
function statusOf(error: unknown): number | undefined {
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  const found = status ?? statusCode;
  return typeof found === 'number' && found >= 400 && found < 500 ? found : undefined;
}

/** What Nest itself says when no route fits; an application that has looked for something in vain has words of its own. */
const noRoute = /^(Not Found|Cannot [A-Z]+ \/.*)$/s;

/**
 * What the application has thrown in its own words, as a problem: a text, the messages of a validation, or an object, whose
 * members are kept.
 */
function ownProblem(error: HttpException): Problem {
  const status = error.getStatus();
  const phrase = STATUS_CODES[status] ?? 'Refused';
  const given = error.getResponse();
  if (typeof given === 'string') return about(status, phrase, given);
  const { message, error: word, statusCode: _, ...more } = given as Record<string, unknown>;
  const title = typeof word === 'string' && word !== '' ? word : phrase;
  if (!Array.isArray(message)) return about(status, title, typeof message === 'string' ? message : error.message, more);
  const details = message.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  return about(status, title, details.join('; '), { errors: details.map((detail) => ({ detail })), ...more });
}

function about(status: number, title: string, detail: string, members: Record<string, unknown> = {}): Problem {
  return new Problem({ slug: 'about:blank', status, title, explanation: title }, detail, members);
}

/** @returns the answer to an error; of its own mistakes the server gives nothing away */
export function asProblem(error: unknown, path: string, isUnreachable: IsUnreachable): Problem {
  if (error instanceof Problem) return error;
  const part = isUnreachable(error);
  if (part !== false && part !== '') {
    const headers = { 'Retry-After': String(retryAfterSeconds) };
    const what = part === true ? 'A part that the answer needs' : `The ${part}`;
    return new Problem(unavailable, `${what} cannot be reached at the moment.`, {}, headers);
  }
  if (error instanceof HttpException) {
    if (error.getStatus() === 404 && noRoute.test(error.message)) {
      return new Problem(notFound, `There is nothing at ${path}.`);
    }
    return ownProblem(error);
  }
  const status = statusOf(error);
  if (status === undefined) {
    return new Problem(internalError, 'The server made a mistake; the request id finds it in its log.');
  }
  if (status === 404) return new Problem(notFound, `There is nothing at ${path}.`);
  return about(status, STATUS_CODES[status] ?? 'Refused', (error as Error).message);
}

/** The one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(IS_UNREACHABLE) private readonly isUnreachable: IsUnreachable,
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
      const level = problem.type.status === 500 ? 'error' : 'warn';
      this.log[level]({ requestId: context?.requestId, err: cause }, problem.type.title);
    }
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem, path, context?.requestId);
  }
}
