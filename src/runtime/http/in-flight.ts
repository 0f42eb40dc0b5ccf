import type { ServerResponse } from 'node:http';
import type { RequestContext } from './request-context.js';

/** A request that has not been answered yet. */
export interface OpenRequest extends RequestContext {
  method: string;
  url: string;
  startedMs: number;
  /** Refused at once. */
  shed: boolean;
  /** The kind of problem that it was answered with, and what lay behind a failure that was none of ours: for its line in the log. */
  refusal: { problem: string; cause?: string } | null;
  /** Costs next to nothing, and many come together: counted apart, and not worth a line in the log. */
  readonly isLight: boolean;
  response: ServerResponse;
  /** Its answer has no deadline: it was declared a stream, or is one of server-sent events. */
  readonly isStream: boolean;
  /** Aborts its signal. */
  giveUp(reason: Error): void;
  /** Sets another deadline, in milliseconds from the request's beginning. */
  giveTime(ms: number): void;
  /** Takes the deadline away. */
  stream(): void;
}

/** The requests being answered at this moment, in the order of their arrival. */
export class InFlight {
  readonly #open = new Set<OpenRequest>();
  /** Requests of clients answered or given up since the process began. */
  served = 0;
  #light = 0;
  #whenNone: (() => void)[] = [];

  get count(): number {
    return this.#open.size;
  }

  /** How many there are of one sort. */
  countOf(isLight: boolean): number {
    return isLight ? this.#light : this.#open.size - this.#light;
  }

  [Symbol.iterator](): Iterator<OpenRequest> {
    return this.#open[Symbol.iterator]();
  }

  add(request: OpenRequest): void {
    this.#open.add(request);
    if (request.isLight) this.#light++;
  }

  /** @param counts whether it was a request of a client, and not a health check */
  remove(request: OpenRequest, counts = true): void {
    if (!this.#open.delete(request)) return;
    if (request.isLight) this.#light--;
    if (counts) this.served++;
    if (this.#open.size > 0) return;
    for (const resolve of this.#whenNone.splice(0)) resolve();
  }

  /** Resolves as soon as nothing is in flight. */
  none(): Promise<void> {
    return this.#open.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenNone.push(resolve));
  }
}
