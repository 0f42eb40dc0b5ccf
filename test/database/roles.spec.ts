import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { connect, type Database } from '../../src/planning/database/connect.js';
import { everyEdition, publishRegion } from '../../src/planning/database/editions.js';
import { grantReading } from '../../src/planning/database/grant-reading.js';
import { isDatabaseUnreachable } from '../../src/planning/database/unreachable.js';
import { someRegion } from './some-region.js';

const server = process.env.LOOPWRIGHT_TEST_POSTGRES;
const command = new URL('../../dist/planning/database/migrate.command.js', import.meta.url).pathname;

(server ? describe : describe.skip)('an owner and a reader on PostgreSQL', () => {
  const name = `roles_${randomBytes(6).toString('hex')}`;
  const [owner, reader] = [`${name}_owner`, `${name}_reader`];
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-roles-'));
  const file = (of: string) => join(folder, of);
  const opened: Database[] = [];

  /** @returns how many rows the last of them gave */
  const administer = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    let rows = 0;
    for (const statement of statements) rows = (await client.query(statement)).rowCount ?? 0;
    await client.end();
    return rows;
  };
  const urlOf = (role: string) => {
    const url = new URL(server!);
    [url.username, url.password, url.pathname] = [role, '', `/${name}`];
    return url.href;
  };
  const env = () => ({
    DATABASE_URL: urlOf(owner),
    DATABASE_PASSWORD_FILE: file('owner'),
    DATABASE_READ_URL: urlOf(reader),
    DATABASE_READ_PASSWORD_FILE: file('reader'),
  });
  const open = (config: ReturnType<typeof readConfig>['database']): Database => {
    const db = connect({ ...config, poolMax: 1 });
    opened.push(db);
    return db;
  };
  /** As a server that restarts does. */
  const cutConnections = () =>
    administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);

  beforeAll(async () => {
    writeFileSync(file('owner'), 'of the owner\n');
    writeFileSync(file('reader'), 'of the reader\n');
    await administer(
      `create role ${owner} login password 'of the owner'`,
      `create role ${reader} login password 'of the reader'`,
      `create database ${name} owner ${owner}`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [command], {
      env: { PATH: process.env.PATH, ...env() },
    });
    expect(stdout).toContain('applied');
  });
  afterAll(async () => {
    await Promise.all(opened.map((db) => db.destroy()));
    await administer(`drop database ${name} with (force)`, `drop role ${owner}`, `drop role ${reader}`);
    rmSync(folder, { recursive: true });
  });

  test('the owner imports what the reader reads, and the reader writes nothing', async () => {
    const { database, databaseToRead } = readConfig(env());
    const [writing, reading] = [open(database), open(databaseToRead)];
    await publishRegion(writing, someRegion('Here', 'one'));
    expect(await everyEdition(reading)).toMatchObject([{ region: 'Here' }]);
    for (const attempt of [
      reading.insertInto('region').values({ name: 'There', edition: 1 }),
      reading.deleteFrom('edition'),
      reading.updateTable('region').set({ name: 'Gone' }),
      reading.schema.createTable('mine').addColumn('id', 'integer'),
      reading.schema.dropTable('region'),
    ])
      await expect(attempt.execute()).rejects.toMatchObject({ code: '42501' });
  });

  test('neither may do what a superuser may', async () => {
    for (const config of [readConfig(env()).database, readConfig(env()).databaseToRead]) {
      const { user } = new pg.Client({ connectionString: config.url });
      const client = new pg.Client({ connectionString: server });
      await client.connect();
      const { rows } = await client.query(
        'select rolsuper, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = $1',
        [user],
      );
      await client.end();
      expect(Object.values(rows[0])).toEqual([false, false, false, false]);
    }
  });

  test('what a later migration adds is read too, and granting again changes nothing', async () => {
    const { database, databaseToRead } = readConfig(env());
    const [writing, reading] = [open(database), open(databaseToRead)];
    await writing.schema.createTable('later').addColumn('id', 'integer').execute();
    await Promise.all([grantReading(writing, reader), grantReading(open(database), reader)]);
    expect(
      await reading
        .selectFrom('later' as 'region')
        .selectAll()
        .execute(),
    ).toEqual([]);
    await expect(grantReading(writing, 'nobody_at_all')).rejects.toThrow('role "nobody_at_all" does not exist');
  });

  test('a connection that ends while it is in use fails its query and nothing else', async () => {
    const reading = open(readConfig(env()).databaseToRead);
    const failureOf = (work: Promise<unknown>) => work.then(null, (error: unknown) => error);
    const long = failureOf(sql`select pg_sleep(60)`.execute(reading));
    while ((await administer(`select 1 from pg_stat_activity where query like 'select pg_sleep%'`)) === 0);
    await cutConnections();
    expect(isDatabaseUnreachable(await long)).toBe(true);
    const between = failureOf(
      reading.transaction().execute(async (transaction) => {
        await sql`select 1`.execute(transaction);
        await cutConnections();
        for (;;) await sql`select 1`.execute(transaction);
      }),
    );
    expect(isDatabaseUnreachable(await between)).toBe(true);
    while ((await failureOf(everyEdition(reading))) instanceof Error);
    expect(await everyEdition(reading)).toHaveLength(1);
  });

  test('a password in a file may change under a pool that is open', async () => {
    const reading = open(readConfig(env()).databaseToRead);
    const read = () => everyEdition(reading);
    expect(await read()).toHaveLength(1);
    await administer(`alter role ${reader} password 'another'`);
    await cutConnections();
    // The first ones may still meet the connection that was cut.
    let failure: unknown;
    for (let tries = 0; tries < 5 && (failure as { code?: string } | undefined)?.code !== '28P01'; tries++) {
      failure = await read().catch((error: unknown) => error);
      expect(isDatabaseUnreachable(failure)).toBe(true);
    }
    expect(failure).toMatchObject({ code: '28P01' });
    writeFileSync(file('reader'), 'another\n');
    expect(await read()).toHaveLength(1);
    // For a moment there is none: that is a failure of the moment, too.
    await cutConnections();
    rmSync(file('reader'));
    for (let tries = 0; tries < 3; tries++)
      expect(isDatabaseUnreachable(await read().catch((error: unknown) => error))).toBe(true);
    writeFileSync(file('reader'), 'another\n');
    expect(await read()).toHaveLength(1);
  });

  test('and so may PGPASSWORD, in the settings file', async () => {
    const before = process.env.SETTINGS_FILE;
    process.env.SETTINGS_FILE = file('settings');
    writeFileSync(file('settings'), 'PGPASSWORD=wrong\n');
    const reading = open(readConfig({ DATABASE_URL: urlOf(reader), SETTINGS_FILE: file('settings') }).databaseToRead);
    await expect(everyEdition(reading)).rejects.toMatchObject({ code: '28P01' });
    writeFileSync(file('settings'), 'PGPASSWORD=another\n');
    expect(await everyEdition(reading)).toHaveLength(1);
    if (before === undefined) delete process.env.SETTINGS_FILE;
    else process.env.SETTINGS_FILE = before;
  });
});
