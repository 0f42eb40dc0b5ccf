import type { ServerResponse } from 'node:http';
import type { Problem } from './problem.js';

/**
 * The body of a problem as RFC 9457 says. `type` is a path of this server, where the explanation can be read.
 * @param instance the path that was asked for, null where it is none that can be given back
 * @param requestId finds the request in the log
 */
export function problemBody({ type, members, message }: Problem, instance: string | null, requestId?: string): string {
  const fixed = {
    type: type.slug === 'about:blank' ? type.slug : `/problems/${type.slug}`,
    title: type.title,
    status: type.status,
    detail: message,
    instance: instance ?? `urn:request:${requestId ?? 'unknown'}`,
    ...(requestId !== undefined && { requestId }),
  };
  // First in their order, and last in their say.
  return JSON.stringify({ ...fixed, ...members, ...fixed });
}

/**
 * Writes a problem as RFC 9457 says and ends the response. Plain Node, because the edge refuses requests before any
 * framework has seen them.
 * @param instance the path that was asked for, null where it is none that can be given back
 * @param requestId finds the request in the log
 */
export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  instance: string | null,
  requestId?: string,
): void {
  const { type, headers } = problem;
  const body = problemBody(problem, instance, requestId);
  response.statusCode = type.status;
  response.removeHeader('ETag');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
