import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { connect } from './connect.js';
import { isDatabaseUnreachable } from './unreachable.js';

const settings = { poolMax: 1, statementTimeoutMs: 1_000, connectTimeoutMs: 200 };

async function errorOf(url: string, query = 'select 1'): Promise<unknown> {
  const db = connect({ url, ...settings });
  try {
    return await sql.raw(query).execute(db);
  } catch (error) {
    return error;
  } finally {
    await db.destroy();
  }
}

describe('isDatabaseUnreachable', () => {
  it('knows a PostgreSQL server that is not there', async () => {
    expect(isDatabaseUnreachable(await errorOf('postgres://nobody@127.0.0.1:1/none'))).toBe(true);
  });

  it('knows a PostgreSQL server that does not answer', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    const sockets: Socket[] = [];
    silent.on('connection', (socket) => sockets.push(socket));
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    expect(isDatabaseUnreachable(await errorOf(`postgres://nobody@127.0.0.1:${port}/none`))).toBe(true);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('knows a PostgreSQL server that hangs up', async () => {
    const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(rude, 'listening');
    const { port } = rude.address() as { port: number };
    expect(isDatabaseUnreachable(await errorOf(`postgres://nobody@127.0.0.1:${port}/none`))).toBe(true);
    rude.close();
  });

  it('knows an SQLite file that cannot be opened, and one without tables', async () => {
    expect(isDatabaseUnreachable(await errorOf('sqlite:/proc/nowhere.db'))).toBe(true);
    const directory = mkdtempSync(join(tmpdir(), 'unreachable-'));
    expect(isDatabaseUnreachable(await errorOf(`sqlite:${directory}/empty.db`, 'select * from region'))).toBe(true);
    rmSync(directory, { recursive: true });
  });

  it.each(['57P01', '57P03', '08006', '28P01'])('knows the SQLSTATE %s', (code) => {
    expect(isDatabaseUnreachable(Object.assign(new Error('…'), { code }))).toBe(true);
  });

  it('does not excuse a wrong query', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'unreachable-'));
    expect(isDatabaseUnreachable(await errorOf(`sqlite:${directory}/empty.db`, 'select from where'))).toBe(false);
    rmSync(directory, { recursive: true });
    expect(isDatabaseUnreachable(Object.assign(new Error('…'), { code: '42601' }))).toBe(false);
  });

  it.each([null, undefined, 'ECONNREFUSED', new Error('anything')])('does not take %j for one', (error) => {
    expect(isDatabaseUnreachable(error)).toBe(false);
  });
});
