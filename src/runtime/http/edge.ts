import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lifecycle } from '../process/lifecycle.js';
import type { InFlight, OpenRequest } from './in-flight.js';
import { Opened, pathOf } from './opened.js';
import { answerHeaders } from './policies.js';
import { deadlineExceeded, overloaded, Problem } from './problem.js';
import { requestContext } from './request-context.js';
import { requestFault } from './request-fault.js';
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
  /** Whether any web page may read the answers, as fits public data: CORS for GET and HEAD, preflights answered here. */
  anyPageMayRead?: boolean;
  /** Answers /livez and /readyz; without it they are paths as any other. */
  health?(path: string, response: ServerResponse): Promise<void>;
  /** Of requests whose answers cost next to nothing and of which many come together, such as the tiles of a map. */
  isLight?(path: string): boolean;
  /** @returns why the next request must be refused, or null */
  tooMuch(isLight: boolean): string | null;
  /** Hears of each request once it is over: answered, or left by its client (status 499, as nginx calls it). */
  onDone(request: OpenRequest, status: number, durationMs: number): void;
}

type Next = (error?: unknown) => void;

const readMethods = 'GET, HEAD, OPTIONS';

/**
 * The first middleware of all: gives a request its id, its deadline and its signal, refuses it when it is none or there is too
 * much to do, counts it until it is over, and answers those who only ask whether the worker lives.
 */
export function edge(options: EdgeOptions) {
  const {
    lifecycle,
    inFlight,
    deadlineMs,
    anyPageMayRead = false,
    health,
    isLight = () => false,
    tooMuch,
    onDone,
  } = options;
  const headers = answerHeaders(anyPageMayRead);
  const refuse = (opened: Opened, problem: Problem, instance: string | null): void => {
    const { response } = opened;
    opened.refusal = { problem: problem.type.slug };
    response.once('close', () => onDone(opened, response.statusCode, performance.now() - opened.startedMs));
    sendProblem(response, problem, instance, opened.requestId);
  };
  return (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const opened = new Opened(request, response, deadlineMs, (limitMs) => {
      const detail = `There was no answer within ${limitMs / 1000} s.`;
      const problem = new Problem(deadlineExceeded, detail, {}, { 'Retry-After': '1' });
      opened.giveUp(problem);
      opened.refusal = { problem: deadlineExceeded.slug };
      if (response.headersSent) response.destroy();
      else sendProblem(response, problem, pathOf(opened.url), opened.requestId);
    });
    response.setHeader('X-Request-Id', opened.requestId);
    for (const [name, value] of headers) response.setHeader(name, value);
    if (lifecycle.stage !== 'ready') response.setHeader('Connection', 'close');
    const fault = requestFault(request);
    if (fault) {
      // No path: a browser may take `//a.example` for another host.
      refuse(opened, fault, null);
      return;
    }
    const path = pathOf(opened.url);
    const isHealth = isHealthPath(path);
    opened.isLight = isLight(path);
    const refusal = isHealth ? null : tooMuch(opened.isLight);
    if (refusal !== null) {
      opened.shed = true;
      const detail = `Try again in a moment: ${refusal}.`;
      refuse(opened, new Problem(overloaded, detail, {}, { 'Retry-After': '1' }), path);
      return;
    }
    opened.watch();
    inFlight.add(opened);
    response.once('close', () => {
      opened.close();
      if (!response.writableFinished) opened.giveUp(new ClientGone('the client has gone away'));
      inFlight.remove(opened, !isHealth);
      onDone(opened, response.writableFinished ? response.statusCode : 499, performance.now() - opened.startedMs);
    });
    if (anyPageMayRead && opened.method === 'OPTIONS') {
      response.setHeader('Allow', readMethods);
      response.setHeader('Access-Control-Allow-Methods', readMethods);
      response.setHeader('Access-Control-Allow-Headers', 'If-None-Match, X-Request-Id');
      response.setHeader('Access-Control-Max-Age', '86400');
      response.writeHead(204).end();
      return;
    }
    if (isHealth && health && (opened.method === 'GET' || opened.method === 'HEAD')) {
      requestContext.run(opened, () => health(path, response).catch(next));
      return;
    }
    requestContext.run(opened, next);
  };
}
