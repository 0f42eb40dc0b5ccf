import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../../runtime/door.js';
import { methodNotAllowed, preconditionFailed } from './problems.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Such a condition guards a change. Every ETag here is weak, and nothing has a date, so that none of them can be met. */
const cannotBeMet = ({ 'if-match': match, 'if-unmodified-since': since }: IncomingHttpHeaders): boolean =>
  (match !== undefined && match.trim() !== '*') || since !== undefined;

/**
 * Middleware: every resource is only read, so another method is wrong wherever it points, and so is a condition for a change:
 * nginx refuses it where it has the answer in its cache, and one address has one answer.
 * @throws Problem method-not-allowed, precondition-failed
 */
export function readOnly(
  request: { method: string; headers: IncomingHttpHeaders },
  _response: unknown,
  next: () => void,
): void {
  if (READING.has(request.method)) {
    if (cannotBeMet(request.headers)) {
      throw new Problem(
        preconditionFailed,
        'If-Match and If-Unmodified-Since go with a change, and nothing can be changed.',
      );
    }
    next();
    return;
  }
  const detail = `${request.method.slice(0, 20)} is not possible here: everything is read with GET.`;
  throw new Problem(methodNotAllowed, detail, {}, { Allow: [...READING].join(', ') });
}
