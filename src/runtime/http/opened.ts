import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenRequest } from './in-flight.js';
import { requestId } from './request-id.js';

/** A path without its query. */
export const pathOf = (url: string): string => {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
};

/** Whether server-sent events are being answered. */
export const isEventStream = (response: ServerResponse): boolean =>
  response.headersSent && String(response.getHeader('Content-Type')).startsWith('text/event-stream');

/** A request that is being answered; most never ask for their signal, so it is made when they do. */
export class Opened implements OpenRequest {
  readonly requestId: string;
  readonly startedMs = performance.now();
  readonly method: string;
  readonly url: string;
  shed = false;
  refusal: OpenRequest['refusal'] = null;
  isLight = false;
  deadlineMs: number;
  #streams = false;
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;
  #reason: Error | undefined;

  /** @param onDeadline hears that the time is over, and how long it was */
  constructor(
    request: IncomingMessage,
    readonly response: ServerResponse,
    private limitMs: number,
    private readonly onDeadline: (limitMs: number) => void,
  ) {
    this.requestId = requestId(request.headers['x-request-id']);
    this.method = request.method ?? 'GET';
    this.url = request.url ?? '/';
    this.deadlineMs = this.startedMs + limitMs;
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#reason) this.#abort.abort(this.#reason);
    }
    return this.#abort.signal;
  }

  get isStream(): boolean {
    return this.#streams || isEventStream(this.response);
  }

  giveUp(reason: Error): void {
    this.#reason ??= reason;
    this.#abort?.abort(this.#reason);
  }

  /** Lets the deadline count. */
  watch(leftMs = this.limitMs): void {
    this.#timer = setTimeout(() => {
      if (this.isStream) this.stream();
      else this.onDeadline(this.limitMs);
    }, leftMs);
  }

  giveTime(ms: number): void {
    if (this.#timer === undefined || this.#streams) return;
    clearTimeout(this.#timer);
    this.limitMs = ms;
    this.deadlineMs = this.startedMs + ms;
    this.watch(this.deadlineMs - performance.now());
  }

  stream(): void {
    clearTimeout(this.#timer);
    this.#streams = true;
    this.deadlineMs = Number.POSITIVE_INFINITY;
  }

  /** The answer is over, or nobody waits for it: no deadline any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
