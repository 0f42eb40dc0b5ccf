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
    expect(readConfig({ DATABASE_PASSWORD_FILE: file('secret\n') }).database.password).toBe('secret');
    expect(() => readConfig({ DATABASE_PASSWORD_FILE: '/nowhere/password' })).toThrow(/^DATABASE_PASSWORD_FILE: /);
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
