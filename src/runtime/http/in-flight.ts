import type { ServerResponse } from 'node:http';
import type { RequestContext } from './request-context.js';

/** A request that has not been answered yet. */
export interface OpenRequest extends RequestContext {
  method: string;
  url: string;
  startedMs: number;
  response: ServerResponse;
}

/** The requests being answered at this moment, in the order of their arrival. */
export class InFlight {
  readonly #open = new Set<OpenRequest>();
  /** Requests answered or given up since the process began. */
  served = 0;
  #whenNone: (() => void)[] = [];

  get count(): number {
    return this.#open.size;
  }

  [Symbol.iterator](): Iterator<OpenRequest> {
    return this.#open[Symbol.iterator]();
  }

  add(request: OpenRequest): void {
    this.#open.add(request);
  }

  remove(request: OpenRequest): void {
    if (!this.#open.delete(request)) return;
    this.served++;
    if (this.#open.size > 0) return;
    for (const resolve of this.#whenNone.splice(0)) resolve();
  }

  /** Resolves as soon as nothing is in flight. */
  none(): Promise<void> {
    return this.#open.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenNone.push(resolve));
  }
}
