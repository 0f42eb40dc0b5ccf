import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { isDatabaseUnreachable } from '../../src/planning/database/unreachable.js';
import { engines } from './engines.js';

const postgres = engines().find(({ name }) => name === 'PostgreSQL');

(postgres ? test : test.skip)(
  'a connection that ends while it is in use fails its query and nothing else',
  async () => {
    const scratch = await postgres!.create();
    try {
      const [used, other] = [scratch.open(), scratch.open()];
      const failureOf = (work: Promise<unknown>) => work.then(null, (error: unknown) => error);
      const others = sql`from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      // As a server that restarts does.
      const cut = () => sql`select pg_terminate_backend(pid) ${others}`.execute(other);

      const long = failureOf(sql`select pg_sleep(60)`.execute(used));
      while ((await sql`select 1 ${others} and query like 'select pg_sleep%'`.execute(other)).rows.length === 0);
      await cut();
      expect(isDatabaseUnreachable(await long)).toBe(true);

      const between = failureOf(
        used.transaction().execute(async (transaction) => {
          await sql`select 1`.execute(transaction);
          await cut();
          for (;;) await sql`select 1`.execute(transaction);
        }),
      );
      expect(isDatabaseUnreachable(await between)).toBe(true);
    } finally {
      await scratch.drop();
    }
  },
);
