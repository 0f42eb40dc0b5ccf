/** Work that several wait for: begun once, and stopped when the last of them has left. */
interface Shared<T> {
  result: Promise<T>;
  waiting: number;
  stop: AbortController;
}

/** Who asks for the same while it is being made gets the same. Nothing is kept once it is there. */
export class SharedWork<T> {
  readonly #open = new Map<string, Shared<T>>();

  /**
   * @param key of what is asked: the same key, the same result
   * @param signal ends the waiting, and with the last that waits the work
   * @param begin the work; its signal aborts when nobody waits any more
   * @throws what `begin` throws; the signal's reason
   */
  async ask(key: string, signal: AbortSignal, begin: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const shared = this.#open.get(key) ?? this.#begin(key, begin);
    shared.waiting++;
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([shared.result, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      if (--shared.waiting === 0) {
        this.#forget(key, shared);
        shared.stop.abort(signal.reason);
      }
    }
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const stop = new AbortController();
    const shared: Shared<T> = { result: begin(stop.signal), waiting: 0, stop };
    this.#open.set(key, shared);
    // Whoever waits sees a failure; perhaps everybody has left.
    shared.result.catch(() => {}).finally(() => this.#forget(key, shared));
    return shared;
  }

  /** Whoever comes from now on begins anew. */
  #forget(key: string, shared: Shared<T>): void {
    if (this.#open.get(key) === shared) this.#open.delete(key);
  }
}
