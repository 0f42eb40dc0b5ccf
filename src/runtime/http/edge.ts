import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lifecycle } from '../process/lifecycle.js';
import type { InFlight, OpenRequest } from './in-flight.js';
import { deadlineExceeded, overloaded, Problem } from './problem.js';
import { requestContext } from './request-context.js';
import { requestId } from './request-id.js';
import { sendProblem } from './send-problem.js';

/** Why a signal aborted when nobody waits for the answer any more. */
export class ClientGone extends Error {
  override name = 'ClientGone';
}

/** Asked by machines all the time: never refused, and not worth a line in the log. */
export const isHealthPath = (path: string): boolean => path === '/livez' || path === '/readyz';

export interface EdgeOptions {
  lifecycle: Lifecycle;
  inFlight: InFlight;
  deadlineMs: number;
  /** @returns why the next request must be refused, or null */
  tooMuch(): string | null;
  /** Hears of each request once it is over: answered, or left by its client (status 499, as nginx calls it). */
  onDone(request: OpenRequest, status: number, durationMs: number): void;
}

type Next = (error?: unknown) => void;

const pathOf = (url: string): string => {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
};

/** A request's context; most requests never ask for their signal, so it is made when they do. */
class Opened implements OpenRequest {
  readonly requestId: string;
  readonly startedMs = performance.now();
  readonly deadlineMs: number;
  readonly method: string;
  readonly url: string;
  shed = false;
  #abort: AbortController | undefined;
  #reason: Error | undefined;

  constructor(
    request: IncomingMessage,
    readonly response: ServerResponse,
    deadlineMs: number,
  ) {
    this.requestId = requestId(request.headers['x-request-id']);
    this.method = request.method ?? 'GET';
    this.url = request.url ?? '/';
    this.deadlineMs = this.startedMs + deadlineMs;
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#reason) this.#abort.abort(this.#reason);
    }
    return this.#abort.signal;
  }

  giveUp(reason: Error): void {
    this.#reason ??= reason;
    this.#abort?.abort(this.#reason);
  }
}

/**
 * The first middleware of all: gives a request its id, its deadline and its signal, refuses it when there is too
 * much to do, lets any web page read the answer
 * (the data is public), and counts it until it is over.
 */
export function edge({ lifecycle, inFlight, deadlineMs, tooMuch, onDone }: EdgeOptions) {
  return (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const opened = new Opened(request, response, deadlineMs);
    response.setHeader('X-Request-Id', opened.requestId);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After, X-Request-Id');
    if (lifecycle.stage !== 'ready') response.setHeader('Connection', 'close');
    const health = isHealthPath(pathOf(opened.url));
    const refusal = health ? null : tooMuch();
    if (refusal !== null) {
      opened.shed = true;
      response.once('close', () => onDone(opened, response.statusCode, performance.now() - opened.startedMs));
      const problem = new Problem(overloaded, `Try again in a moment: ${refusal}.`, {}, { 'Retry-After': '1' });
      sendProblem(response, problem, pathOf(opened.url), opened.requestId);
      return;
    }
    const timer = setTimeout(() => {
      const problem = new Problem(deadlineExceeded, `There was no answer within ${deadlineMs / 1000} s.`);
      opened.giveUp(problem);
      if (response.headersSent) response.destroy();
      else sendProblem(response, problem, pathOf(opened.url), opened.requestId);
    }, deadlineMs);
    inFlight.add(opened);
    response.once('close', () => {
      clearTimeout(timer);
      if (!response.writableFinished) opened.giveUp(new ClientGone('the client has gone away'));
      inFlight.remove(opened, !health);
      onDone(opened, response.writableFinished ? response.statusCode : 499, performance.now() - opened.startedMs);
    });
    if (opened.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS');
      response.setHeader('Access-Control-Allow-Headers', 'If-None-Match, X-Request-Id');
      response.setHeader('Access-Control-Max-Age', '86400');
      response.writeHead(204).end();
      return;
    }
    requestContext.run(opened, next);
  };
}
