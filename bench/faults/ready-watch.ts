import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOOK_MS = 50;
/** A worker writes every 100 ms; one silent for this long is dead or hung. */
const SILENT_MS = 900;

export interface Worker {
  /** Docker's short id, which is the container's host name. */
  container: string;
  pid: number;
}

/** Sees through the workers' own files (inject/preload.mjs) how many are ready, and for how long they were too few. */
export class ReadyWatch {
  readonly #directory: string;
  readonly #expected: number;
  #shortSinceMs: number | null = null;
  #longestMs = 0;
  #fewest: number;
  readonly #timer: NodeJS.Timeout;

  constructor(directory: string, expected: number) {
    this.#directory = directory;
    this.#expected = expected;
    this.#fewest = expected;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  ready(): Worker[] {
    const found: Worker[] = [];
    for (const name of readdirSync(this.#directory)) {
      const match = /^worker-([^-]+)-(\d+)$/.exec(name);
      if (!match) continue;
      try {
        const file = join(this.#directory, name);
        const silentMs = Date.now() - statSync(file).mtimeMs;
        if (silentMs > 60_000) rmSync(file, { force: true });
        else if (silentMs < SILENT_MS && readFileSync(file, 'utf8') === 'ready') {
          found.push({ container: match[1]!, pid: Number(match[2]) });
        }
      } catch {
        // It has just ended.
      }
    }
    return found;
  }

  #look(): void {
    const count = this.ready().length;
    this.#fewest = Math.min(this.#fewest, count);
    const now = performance.now();
    if (count < this.#expected) this.#shortSinceMs ??= now - SILENT_MS;
    if (this.#shortSinceMs !== null) this.#longestMs = Math.max(this.#longestMs, now - this.#shortSinceMs);
    if (count >= this.#expected) this.#shortSinceMs = null;
  }

  /** Begins to count anew. */
  reset(): void {
    this.#shortSinceMs = null;
    this.#longestMs = 0;
    this.#fewest = this.#expected;
  }

  /** The longest time in which fewer were ready than there should be, and how few at worst. */
  shortage(): { longestMs: number; fewest: number } {
    return { longestMs: this.#longestMs, fewest: this.#fewest };
  }

  /** @returns whether all that should be there were ready for a second without a break, before the limit */
  async whole(limitMs: number): Promise<boolean> {
    const deadline = performance.now() + limitMs;
    let since = performance.now();
    while (performance.now() < deadline) {
      const now = performance.now();
      if (this.ready().length < this.#expected) since = now;
      if (now - since > 1_000) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return false;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
