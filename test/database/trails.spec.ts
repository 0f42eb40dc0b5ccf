import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { everyEdition } from '../../src/planning/database/editions.js';
import { osmFile, squareVillage } from '../osm-file.js';
import { engines, type Scratch } from './engines.js';

const command = new URL('../../dist/planning/import/trails.command.js', import.meta.url).pathname;

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopwright-trails-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of the test's own. */
function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function start(url: string, words: string[]): { child: ChildProcess; outcome: Promise<Outcome> } {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, TMPDIR: folder };
  const child = spawn(process.execPath, [command, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const result: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (result.stdout += chunk));
  child.stderr.on('data', (chunk) => (result.stderr += chunk));
  const outcome = once(child, 'close').then(([code]) => ({ ...result, code }));
  return { child, outcome };
}

describe.each(engines())('the trails command on $name', ({ create }) => {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await create();
  });
  afterEach(() => scratch.drop());
  const trails = (...words: string[]): Promise<Outcome> => start(scratch.url, words).outcome;

  test('makes the sample on an empty database, lists it and removes it', async () => {
    const made = await trails('sample');
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Sample \(synthetic\): data of .*\n$/) });
    expect(made.stderr).toBe('making the sample region\npreparing the planner’s tables\nwriting\n');
    expect(await trails('list')).toMatchObject({ code: 0, stdout: made.stdout });
    expect(await trails('remove', 'Sample (synthetic)')).toMatchObject({ code: 0 });
    expect(await trails('list')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('no region yet'),
    });
  });

  test('imports an extract under the name of its file, and a newer one in its place', async () => {
    const first = await trails('import', file('square-230502.osm.pbf', osmFile(squareVillage)));
    expect(first.stdout).toMatch(
      /^Square: data of 2025-01-19, 4 km of trails, 0 km of roads .* 1 trailheads, 1 places, no elevation\n$/,
    );
    const newer = { ...squareVillage, replicatedAtMs: Date.UTC(2026, 1, 3) };
    await trails('import', file('square-latest.osm.pbf', osmFile(newer)));
    const db = scratch.open();
    expect(await everyEdition(db)).toMatchObject([{ region: 'Square', dataDate: '2026-02-03', hasElevation: false }]);
    expect(await db.selectFrom('trailhead').select(['id', 'name']).execute()).toEqual([{ id: 'n6', name: 'Vila' }]);
    expect(await db.selectFrom('place').select(['id', 'name', 'population']).execute()).toEqual([
      { id: 'n7', name: 'Vila', population: 120 },
    ]);
  });

  test.each<[string, () => string[], RegExp]>([
    ['is not there', () => ['nowhere.osm.pbf'], /there is no file nowhere\.osm\.pbf/],
    ['is a folder', () => [folder], /this is a folder/],
    ['is empty', () => [file('empty.osm.pbf', new Uint8Array())], /the file is empty/],
    [
      'is something else',
      () => [file('photo.osm.pbf', Buffer.from('GIF89a of a hill, of course'))],
      /not an OpenStreetMap extract/,
    ],
    [
      'is cut off',
      () => {
        const path = file('cut.osm.pbf', osmFile(squareVillage));
        truncateSync(path, osmFile(squareVillage).length - 20);
        return [path];
      },
      /ends in the middle of a block/,
    ],
    [
      'is damaged inside',
      () => {
        const bytes = osmFile(squareVillage);
        return [file('damaged.osm.pbf', bytes.fill(0x55, bytes.length - 60, bytes.length - 20))];
      },
      /cannot be read|damaged/,
    ],
    [
      'holds no way',
      () => [file('bare.osm.pbf', osmFile({ nodes: squareVillage.nodes, ways: [] }))],
      /not one way to walk on/,
    ],
    [
      'comes with an elevation folder that has no tiles',
      () => [file('fine.osm.pbf', osmFile(squareVillage)), '--elevation', folder],
      /no elevation tile like N42E001\.hgt/,
    ],
    [
      'comes from a server that is not there',
      () => ['http://127.0.0.1:2/x.osm.pbf'],
      /cannot be reached.*ECONNREFUSED/,
    ],
  ])('an extract that %s is told in one line, and the old region stays', async (_, words, line) => {
    await trails('import', file('village.osm.pbf', osmFile(squareVillage)), '--name', 'Village');
    const before = await everyEdition(scratch.open());
    const outcome = await trails('import', ...words(), '--name', 'Village');
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    const said = outcome.stderr.split('\n').filter((text) => text.startsWith('trails: '));
    expect(said).toEqual([expect.stringMatching(line)]);
    expect(outcome.stderr.endsWith(`${said[0]}\n`)).toBe(true);
    expect(outcome.stderr).not.toContain('    at ');
    expect(await everyEdition(scratch.open())).toEqual(before);
  });
});

describe('the trails command', () => {
  const url = (): string => `sqlite:${join(folder, 'one.db')}`;

  test.each([['--help'], ['import', '--help'], ['sample', '--help'], ['list', '--help'], ['remove', '--help']])(
    'has a help page: %s %s',
    async (...words) => {
      const { code, stdout } = await start('sqlite:/nowhere/at/all.db', words).outcome;
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: trails/);
    },
  );

  test.each([['walk'], ['list', 'all'], ['remove'], ['import'], ['import', 'a', 'b'], ['sample', '--seed', '3']])(
    'answers words that it does not know in one line: %s %s %s',
    async (...words) => {
      const { code, stderr } = await start(url(), words).outcome;
      expect(code).toBe(1);
      expect(stderr).toMatch(/^trails: [^\n]+\n$/);
    },
  );

  test('says what is wrong with its environment, and which regions there are when asked for another', async () => {
    expect(await start('mysql://x', ['list']).outcome).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL'),
    });
    await start(url(), ['sample']).outcome;
    const { code, stderr } = await start(url(), ['remove', 'Atlantis']).outcome;
    expect([code, stderr]).toEqual([1, 'trails: there is no region Atlantis, only Sample (synthetic)\n']);
  });

  describe('downloading', () => {
    let server: Server;
    let address: string;
    /** What the server does with the extract of each test. */
    let serve: (send: {
      length: (bytes: number) => void;
      write: (bytes: Uint8Array) => void;
      end: () => void;
      cut: () => void;
    }) => void;
    beforeAll(async () => {
      server = createServer((_, response) => {
        serve({
          length: (bytes) => response.setHeader('content-length', bytes),
          write: (bytes) => response.write(bytes),
          end: () => response.end(),
          cut: () => response.destroy(),
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/europe/hill-latest.osm.pbf`;
    });
    afterAll(async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    });
    const leftOver = (): string[] => readdirSync(folder).filter((name) => name.startsWith('loopwright-'));

    test('imports what is behind an address and leaves no file', async () => {
      serve = ({ length, write, end }) => {
        const bytes = osmFile(squareVillage);
        length(bytes.length);
        write(bytes);
        end();
      };
      const outcome = await start(url(), ['import', address]).outcome;
      expect(outcome).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Hill: data of 2025-01-19/) });
      expect(outcome.stderr).toMatch(/^downloading http/);
      expect(leftOver()).toEqual([]);
    });

    test('a download that breaks off is told in one line and leaves no file', async () => {
      serve = ({ length, write, cut }) => {
        const bytes = osmFile(squareVillage);
        length(bytes.length);
        write(bytes.subarray(0, 100));
        setImmediate(cut);
      };
      const { code, stderr } = await start(url(), ['import', address]).outcome;
      expect(code).toBe(1);
      expect(stderr).toMatch(/\ntrails: http:\/\/127[^\n]+\n$/);
      expect(leftOver()).toEqual([]);
    });

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)(
      '%s ends an import that waits for a server: one line, exit code %i, nothing written, no file',
      async (signal, code) => {
        const before = await start(url(), ['list']).outcome;
        const { promise: waiting, resolve } = Promise.withResolvers<void>();
        serve = ({ length, write }) => {
          length(1_000_000);
          write(osmFile(squareVillage).subarray(0, 50));
          resolve();
        };
        const { child, outcome } = start(url(), ['import', address, '--name', 'Never']);
        await waiting;
        child.kill(signal);
        expect(await outcome).toMatchObject({
          code,
          stdout: '',
          stderr: expect.stringMatching(/\ntrails: interrupted; the database is as it was\n$/),
        });
        expect(await start(url(), ['list']).outcome).toEqual(before);
        expect(leftOver()).toEqual([]);
      },
    );
  });
});
