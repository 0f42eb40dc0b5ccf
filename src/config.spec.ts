import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { environment, needs, readConfig } from './config.js';
import { readEnvironment } from './runtime/cluster.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const file = (text: string): string => {
  const path = join(directory, 'settings.env');
  writeFileSync(path, text);
  return path;
};

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({ planner: { threads: 1 }, tileCacheBytes: 2 ** 27 });
  });

  it('reads the password of the database from its file', () => {
    const { database, databaseToRead } = readConfig({ DATABASE_PASSWORD_FILE: file('secret\n') });
    expect([database.password!(), databaseToRead]).toEqual(['secret', database]);
    file('another');
    expect(database.password!()).toBe('another');
    expect(() => readConfig({ DATABASE_PASSWORD_FILE: '/nowhere/password' })).toThrow(/^DATABASE_PASSWORD_FILE: /);
  });

  it('gives the workers a user of their own, where there is one', () => {
    const DATABASE_URL = 'postgres://owner@db/trails';
    const DATABASE_READ_URL = 'postgres://reader@db/trails';
    const { database, databaseToRead } = readConfig({
      DATABASE_URL,
      DATABASE_READ_URL,
      DATABASE_READ_PASSWORD_FILE: file('secret'),
    });
    expect([database.url, database.password]).toEqual([DATABASE_URL, undefined]);
    expect([databaseToRead.url, databaseToRead.password!()]).toEqual([DATABASE_READ_URL, 'secret']);
  });

  it('asks for PGPASSWORD again, but not where the URL has a password', () => {
    const before = process.env.PGPASSWORD;
    const passwordAt = (DATABASE_URL: string) => readConfig({ DATABASE_URL, PGPASSWORD: 'first' }).database.password;
    process.env.PGPASSWORD = 'second';
    expect(passwordAt('postgres://owner@db/trails')!()).toBe('second');
    if (before === undefined) delete process.env.PGPASSWORD;
    else process.env.PGPASSWORD = before;
    expect(passwordAt('postgres://owner:own@db/trails')).toBeUndefined();
    expect(passwordAt('postgres://owner@db/trails?password=own')).toBeUndefined();
  });

  it('is what the workers need: room for tiles, and planner threads where processors are left', () => {
    const threads = (env: NodeJS.ProcessEnv) =>
      needs(readEnvironment(environment, env)).variables({ processorsEach: 4 }).PLANNER_THREADS;
    expect(needs(readEnvironment(environment, { TILE_CACHE_MIB: '64' })).mibPerWorker).toBe(64);
    expect([threads({}), threads({ PLANNER_THREADS: '2' })]).toEqual(['4', '2']);
  });
});

describe('TRUSTED_PROXIES', () => {
  const read = (text: string) => readConfig({ TRUSTED_PROXIES: text }).trustedProxies;

  it.each([
    ['none', false],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32,192.0.2.1', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']],
  ])('may be %s', (text, proxies) => {
    expect(read(text)).toEqual(proxies);
  });

  it.each(['all', '10.0.0.0/33', '10.0.0/8', '2001:db8::/129', 'none,loopback', '10.0.0.1/8/8', ',', '10.0.0.1/'])(
    'is refused when it is %s',
    (text) => {
      expect(() => read(text)).toThrow(/TRUSTED_PROXIES/);
    },
  );
});
