import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrate } from '../../src/planning/database/migrate.js';
import { engines, type Scratch } from './engines.js';

const command = new URL('../../dist/planning/database/migrate.command.js', import.meta.url).pathname;
const run = (url: string, ...words: string[]) =>
  promisify(execFile)(process.execPath, [command, ...words], { env: { PATH: process.env.PATH, DATABASE_URL: url } });

describe.each(engines())('migrations on $name', ({ create }) => {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await create();
  });
  afterEach(() => scratch.drop());

  test('the second run finds nothing to do', async () => {
    const db = scratch.open();
    expect((await migrate(db)).length).toBeGreaterThan(0);
    expect(await migrate(db)).toEqual([]);
  });

  test('of three processes that migrate at once, one does it and all succeed', async () => {
    const lines = await Promise.all([run(scratch.url), run(scratch.url), run(scratch.url)]);
    expect(lines.map(({ stdout }) => stdout).filter((line) => line.includes('nothing to do'))).toHaveLength(2);
    const db = scratch.open();
    expect(await db.selectFrom('region').selectAll().execute()).toEqual([]);
  });

  test('a migration that fails half-way leaves nothing behind', async () => {
    const db = scratch.open();
    const provider = {
      getMigrations: async () => ({
        '001-fails': {
          async up(trx: Kysely<unknown>) {
            await trx.schema.createTable('half').addColumn('id', 'integer').execute();
            throw new Error('on purpose');
          },
        },
      }),
    };
    const { error } = await new Migrator({ db: db as unknown as Kysely<unknown>, provider }).migrateToLatest();
    expect(error).toMatchObject({ message: 'on purpose' });
    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain('half');
    expect((await migrate(db)).length).toBeGreaterThan(0);
  });
});

describe('the migrate command', () => {
  test('waits while another process writes a SQLite file for longer than the busy timeout', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopwright-busy-'));
    const url = `sqlite:${join(folder, 'trails.db')}`;
    await run(url);
    const writer = new DatabaseSync(join(folder, 'trails.db'));
    writer.exec('begin immediate');
    const migrating = run(url);
    // Beyond the 5 s that one try waits.
    const released = setTimeout(() => writer.exec('commit'), 6_000);
    const { stdout } = await migrating;
    clearTimeout(released);
    expect(writer.isTransaction).toBe(false);
    writer.close();
    rmSync(folder, { recursive: true });
    expect(stdout).toContain('nothing to do');
  });

  test('tells one line and fails when the database cannot be reached', async () => {
    const failure = await run('postgres://loop:secret@127.0.0.1:1/none').catch((error) => error);
    expect(failure.code).toBe(1);
    expect(failure.stderr).toMatch(/^migrate: .*ECONNREFUSED.*\n$/);
    expect(failure.stderr).not.toContain('secret');
  });

  test('tells one line and fails when the database is a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopwright-folder-'));
    const failure = await run(`sqlite:${folder}`).catch((error) => error);
    rmSync(folder, { recursive: true });
    expect(failure.code).toBe(1);
    expect(failure.stderr).toMatch(/^migrate: [^\n]+\n$/);
  });

  test('has a help page and refuses words it does not know', async () => {
    expect((await run('sqlite:unused', '--help')).stdout).toContain('DATABASE_URL');
    expect(await run('sqlite:unused', 'twice').catch((error) => error.code)).toBe(1);
  });
});
