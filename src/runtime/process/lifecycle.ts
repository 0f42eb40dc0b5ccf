/** starting: not listening yet · ready · draining: answers, but wants no new connection · stopped: about to exit. */
export type Stage = 'starting' | 'ready' | 'draining' | 'stopped';

const order: Stage[] = ['starting', 'ready', 'draining', 'stopped'];

/** Where this process stands between its start and its end: a stage may be left out, none comes back. */
export class Lifecycle {
  #stage: Stage = 'starting';
  #sinceMs = performance.now();
  #listeners: ((stage: Stage, previous: Stage, previousMs: number) => void)[] = [];

  get stage(): Stage {
    return this.#stage;
  }

  /** @throws Error saying where the process stands when it is not ready */
  mustBeReady(): void {
    if (this.#stage !== 'ready') throw new Error(`the worker is ${this.#stage}`);
  }

  /** @param listener hears of each stage, the one before it and how long that one lasted */
  onChange(listener: (stage: Stage, previous: Stage, previousMs: number) => void): void {
    this.#listeners.push(listener);
  }

  /** @returns whether the process was not that far yet; a stage that has passed changes nothing */
  enter(stage: Stage): boolean {
    if (order.indexOf(stage) <= order.indexOf(this.#stage)) return false;
    const previous = this.#stage;
    const now = performance.now();
    const lastedMs = now - this.#sinceMs;
    this.#stage = stage;
    this.#sinceMs = now;
    for (const listener of this.#listeners) listener(stage, previous, lastedMs);
    return true;
  }
}
