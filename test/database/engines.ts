import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect, type Database } from '../../src/planning/database/connect.js';

/** An empty database of its own, gone after `drop`. */
export interface Scratch {
  url: string;
  /** Another connection to it, closed by `drop`. */
  open(): Database;
  drop(): Promise<void>;
}

export interface Engine {
  name: string;
  create(): Promise<Scratch>;
}

function scratch(url: string, remove: () => Promise<void> | void): Scratch {
  const opened: Database[] = [];
  return {
    url,
    open() {
      const db = connect({ url, poolMax: 4, statementTimeoutMs: 8_000, connectTimeoutMs: 3_000 });
      opened.push(db);
      return db;
    },
    async drop() {
      await Promise.all(opened.map((db) => db.destroy()));
      await remove();
    },
  };
}

const sqlite: Engine = {
  name: 'SQLite',
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'loopwright-database-'));
    return scratch(`sqlite:${join(folder, 'trails.db')}`, () => rmSync(folder, { recursive: true }));
  },
};

const postgres = (server: string): Engine => ({
  name: 'PostgreSQL',
  async create() {
    const name = `scratch_${randomBytes(6).toString('hex')}`;
    const administer = async (statement: string) => {
      const client = new pg.Client({ connectionString: server });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    };
    await administer(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return scratch(url.href, () => administer(`drop database ${name} with (force)`));
  },
});

/** SQLite always; PostgreSQL where `LOOPWRIGHT_TEST_POSTGRES` names a server on which databases may be made. */
export function engines(): Engine[] {
  const server = process.env.LOOPWRIGHT_TEST_POSTGRES;
  if (server) return [sqlite, postgres(server)];
  if (process.env.LOOPWRIGHT_REQUIRE_ALL === '1') throw new Error('LOOPWRIGHT_TEST_POSTGRES is not set');
  process.stderr.write('PostgreSQL is left out: LOOPWRIGHT_TEST_POSTGRES is not set\n');
  return [sqlite];
}
