import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '../database/connect.js';
import { DATABASE } from '../database/database.module.js';
import { currentEditions, type Edition } from '../database/editions.js';

/** An import shows this late at most; who meets an edition that is gone asks anew at once (`forget`). */
const FRESH_MS = 500;

/** The regions there are: asked of the database twice a second at most, however many requests want to know. */
@Injectable()
export class Regions {
  #known: Promise<Edition[]> | null = null;
  #askedAtMs = -Infinity;

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @returns by name; the same array until the database is asked again */
  current(): Promise<Edition[]> {
    const now = performance.now();
    if (this.#known && now - this.#askedAtMs < FRESH_MS) return this.#known;
    const asked = currentEditions(this.db);
    this.#known = asked;
    this.#askedAtMs = now;
    // A failure is not kept: the next request tries again.
    asked.catch(() => {
      if (this.#known === asked) this.forget();
    });
    return asked;
  }

  /** What is known turned out to be old. */
  forget(): void {
    this.#known = null;
  }
}
