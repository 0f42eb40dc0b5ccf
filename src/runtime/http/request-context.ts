import { AsyncLocalStorage } from 'node:async_hooks';

/** What every layer may ask about the request it works for. */
export interface RequestContext {
  /** As in the `X-Request-Id` header, on every log line. */
  requestId: string;
  /** Aborts when the client has gone away, the deadline has passed, or the worker of a stream ends. */
  signal: AbortSignal;
  /** On the clock of `performance.now()`; infinite for a stream. */
  deadlineMs: number;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** The signal of the request being answered; one that never aborts outside a request. */
export const requestSignal = (): AbortSignal => requestContext.getStore()?.signal ?? new AbortController().signal;
