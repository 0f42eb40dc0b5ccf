import { z } from 'zod';
import { environment as runtimeEnvironment, wholeNumber } from './runtime/cluster.js';

/** The runtime's variables, and these. The report takes longer than other requests may, so a stop has to wait for longer. */
export const environment = runtimeEnvironment.extend({
  TODO_FILE: z.string().default('var/todos.db').describe('SQLite file with the todos'),
  TODO_TOKEN: z.string('must be set').min(8, 'must have 8 characters or more').describe('What callers must bear'),
  REPORT_MS: wholeNumber(0, 25_000).default(12_000).describe('How long a report takes'),
  MAX_DEADLINE_MS: wholeNumber(30_000, 600_000).default(30_000),
});

export type Values = z.infer<typeof environment>;

/** Token of the values. */
export const VALUES = Symbol('values');
