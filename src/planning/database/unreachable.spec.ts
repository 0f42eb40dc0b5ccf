import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { connect } from './connect.js';
import { isDatabaseUnreachable } from './unreachable.js';

const limits = { poolMax: 1, statementTimeoutMs: 1000, connectTimeoutMs: 1000 };

const failureOf = (read: Promise<unknown>): Promise<unknown> =>
  read.then(
    () => undefined,
    (error) => error,
  );

const firstRegion = async (url: string): Promise<unknown> => {
  const db = connect({ url, ...limits });
  const error = await failureOf(db.selectFrom('region').select('name').execute());
  await db.destroy();
  return error;
};

test('a server that is not there is unreachable', async () => {
  const error = await firstRegion('postgres://nobody@127.0.0.1:1/none');
  expect(error).toBeDefined();
  expect(isDatabaseUnreachable(error)).toBe(true);
});

test('a database that was never migrated cannot answer yet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-unreachable-'));
  expect(isDatabaseUnreachable(await firstRegion(`sqlite:${join(folder, 'db')}`))).toBe(true);
  await rm(folder, { recursive: true });
});

test('a folder in the place of the file cannot be opened', async () => {
  expect(isDatabaseUnreachable(await firstRegion(`sqlite:${tmpdir()}`))).toBe(true);
});

test('a query that is wrong is a mistake of the program, whatever the database', async () => {
  const db = connect({ url: 'sqlite::memory:', ...limits });
  const error = await failureOf(sql`select nonsense from (select 1)`.execute(db));
  await db.destroy();
  expect(String(error)).toContain('nonsense');
  expect(isDatabaseUnreachable(error)).toBe(false);
  expect(isDatabaseUnreachable(Object.assign(new Error('syntax error'), { code: '42601' }))).toBe(false);
  expect(isDatabaseUnreachable(new TypeError('x is not a function'))).toBe(false);
  expect(isDatabaseUnreachable('a text')).toBe(false);
});

test.each(['57P01', '57P03', '08006', '53300', 'ECONNRESET'])('the code %s says that it comes back', (code) => {
  expect(isDatabaseUnreachable(Object.assign(new Error('away'), { code }))).toBe(true);
});
