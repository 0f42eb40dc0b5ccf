import type { IncomingMessage } from 'node:http';
import type { Problem } from './problem.js';
import { targetFault } from './target.js';
import { refusalOf } from './unread.js';

/** How many `Host` lines came: exactly one makes a request of HTTP/1.1 (RFC 9112 3.2). */
function hosts({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count;
}

/**
 * What is wrong with a request that Node could read, whatever it is about.
 * @returns a problem to refuse it with, or null
 */
export function requestFault(request: IncomingMessage): Problem | null {
  const { httpVersionMajor, httpVersionMinor, headers, url = '' } = request;
  if (httpVersionMajor !== 1) return refusalOf(505);
  const count = hosts(request);
  if (count > 1 || (count === 0 && httpVersionMinor > 0)) return refusalOf(400, 'One Host header is wanted.');
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect)) return refusalOf(417);
  if (headers['transfer-encoding'] !== undefined && !/^chunked$/i.test(headers['transfer-encoding']))
    return refusalOf(501);
  return targetFault(url);
}
