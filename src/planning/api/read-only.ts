import { Problem } from '../../runtime/door.js';
import { methodNotAllowed } from './problems.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Middleware: every resource is only read, so another method is wrong wherever it points.
 * @throws Problem method-not-allowed
 */
export function readOnly(request: { method: string }, _response: unknown, next: () => void): void {
  if (READING.has(request.method)) {
    next();
    return;
  }
  const detail = `${request.method.slice(0, 20)} is not possible here: everything is read with GET.`;
  throw new Problem(methodNotAllowed, detail, {}, { Allow: [...READING].join(', ') });
}
