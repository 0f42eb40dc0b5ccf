import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from '../../src/planning/database/connect.js';
import { everyEdition } from '../../src/planning/database/editions.js';
import { osmFile, squareVillage } from '../osm-file.js';
import { startTrails } from './start-trails.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopwright-trails-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const url = (): string => `sqlite:${join(folder, 'one.db')}`;
const start = (database: string, words: string[]) => startTrails(database, words, folder);

describe('the trails command, downloading', () => {
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
    expect(outcome.stderr).toMatch(/^downloading http:[^ ]+ \(\d+ bytes\)\n/);
    expect(leftOver()).toEqual([]);
  });

  test('shows no credentials of an address, neither while it works nor in what is kept', async () => {
    const secret = `${address.replace('://', '://me:hunter2@')}?key=hunter3`;
    serve = ({ write, end }) => {
      write(osmFile(squareVillage));
      end();
    };
    const outcome = await start(url(), ['import', secret, '--name', 'Secret']).outcome;
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Secret: /) });
    expect(outcome.stderr).toMatch(/^downloading http:\/\/127[^ ]+\?… \(of unknown size\)\n/);
    const db = connect({ url: url(), poolMax: 1, statementTimeoutMs: 8_000, connectTimeoutMs: 3_000 });
    const sources = (await everyEdition(db)).map(({ source }) => source);
    await db.destroy();
    expect(sources).toContain(`${address}?…`);
    expect(JSON.stringify([outcome, sources])).not.toMatch(/hunter/);
    await start(url(), ['remove', 'Secret']).outcome;
  });

  test('asks for leave to download more than is usual, and takes no more than it was given', async () => {
    serve = ({ length, write }) => {
      length(9e15);
      write(osmFile(squareVillage));
    };
    const { code, stderr } = await start(url(), ['import', address]).outcome;
    expect([code, stderr]).toEqual([
      1,
      `trails: ${address} has 9.0 PB, more than 8.0 GB: --max-download allows more\n`,
    ]);
    serve = ({ write }) => write(Buffer.alloc(2_000));
    const less = await start(url(), ['import', address, '--max-download', '1kB']).outcome;
    expect([less.code, less.stderr]).toEqual([
      1,
      `downloading ${address} (of unknown size)\ntrails: ${address} sends more than 1.0 kB: --max-download allows more\n`,
    ]);
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
