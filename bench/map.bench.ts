import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, type Database } from '../src/planning/database/connect.js';
import { currentEditions } from '../src/planning/database/editions.js';
import { MapStore } from '../src/planning/map/map-store.js';
import { copiesOf } from './copies.js';
import { importInto } from './import-into.js';
import { quantile, table } from './tables.js';

const EXTRACT = 'andorra-2025.osm.pbf';
const CONNECTIONS = 16;
const START_LIMIT_MS = 60_000;

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0);
const kilobytes = (bytes: number): string => (bytes / 1_024).toFixed(1);

const open = (path: string): Database =>
  connect({ url: `sqlite:${path}`, poolMax: 1, statementTimeoutMs: 8_000, connectTimeoutMs: 3_000 });

interface Tile {
  layer: 'map' | 'contour' | 'relief';
  z: number;
  x: number;
  y: number;
  bytes: number;
}

async function tilesIn(db: Database): Promise<Tile[]> {
  const rows = await db.selectFrom('map_tile').select(['layer', 'z', 'x', 'y', 'body']).execute();
  return rows.map(({ body, ...tile }) => ({ ...tile, bytes: body.length }));
}

function tileTable(tiles: Tile[]): string {
  const groups = Map.groupBy(tiles, ({ layer, z }) => `${layer} ${String(z).padStart(2)}`);
  const row = (name: string, own: Tile[]): string[] => {
    const bytes = own.map((tile) => tile.bytes);
    const sum = bytes.reduce((a, b) => a + b, 0);
    return [name, String(own.length), kilobytes(sum / own.length), kilobytes(Math.max(...bytes)), kilobytes(sum)];
  };
  const rows = [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([name, own]) => row(name, own));
  return table(['layer and zoom', 'tiles', 'KB a tile', 'largest', 'KB in all'], [...rows, row('all', tiles)]);
}

/** Microseconds to read a tile of the database, p50 / p95, and the version of the map. */
async function reading(db: Database, tiles: Tile[], times: number): Promise<{ micros: string; version: string }> {
  const store = new MapStore(db);
  const state = await store.state(await currentEditions(db));
  const micros: number[] = [];
  for (let i = 0; i < times; i++) {
    // A step that has no factor in common with their number: all of them, far from each other.
    const { layer, z, x, y } = tiles[(i * 7_919) % tiles.length]!;
    const start = performance.now();
    await store.tile(state, layer, z, x, y);
    micros.push(1_000 * (performance.now() - start));
  }
  return {
    micros: [0.5, 0.95].map((share) => quantile(micros, share).toFixed(0)).join(' / '),
    version: state.version!,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Requests a second that one process answers, every tile in turn. @throws Error when one is not answered by a tile */
async function serving(path: string, version: string, tiles: Tile[], seconds: number): Promise<number> {
  const port = await freePort();
  const program = fileURLToPath(new URL('../src/main.js', import.meta.url));
  const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${path}`, PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn(process.execPath, [program], { env: { ...env, LOG_LEVEL: 'silent' }, stdio: 'ignore' });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (address: string): Promise<number> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: address, agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode!));
      }).once('error', reject);
    });
  try {
    const giveUpAt = performance.now() + START_LIMIT_MS;
    while ((await ask('/readyz').catch(() => 0)) !== 200) {
      if (performance.now() > giveUpAt) throw new Error('the program did not get ready');
      await pause(100);
    }
    let next = 0;
    let done = 0;
    const end = performance.now() + seconds * 1_000;
    const client = async (): Promise<void> => {
      while (performance.now() < end) {
        const { layer, z, x, y } = tiles[(next++ * 7_919) % tiles.length]!;
        const status = await ask(`/v1/map/${version}/${layer}/${z}/${x}/${y}`);
        if (status !== 200) throw new Error(`${layer}/${z}/${x}/${y}: ${status}`);
        done++;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
    return done / seconds;
  } finally {
    agent.destroy();
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  }
}

/** What the map of a region costs to make, to keep and to send: Andorra once and ten times, into SQLite. */
export async function mapBench({ quick }: { quick: boolean }): Promise<string> {
  const folder = process.env.LOOPWRIGHT_DATA;
  if (!folder) throw new Error(`LOOPWRIGHT_DATA names the folder with ${EXTRACT} and its elevation tile`);
  const rows: string[][] = [];
  let about = '';
  for (const copies of quick ? [1] : [1, 10]) {
    const scratch = mkdtempSync(join(tmpdir(), 'loopwright-map-bench-'));
    try {
      const file = await copiesOf(folder, EXTRACT, copies, scratch);
      for (const words of [['--no-map'], []]) {
        const path = join(scratch, `trails${words.length}.db`);
        const { seconds, cpuSeconds, residentBytes } = await importInto(
          `sqlite:${path}`,
          file,
          scratch,
          'Copies',
          words,
        );
        const name = words.length > 0 ? 'without a map' : 'with it';
        const figures = [
          cpuSeconds.toFixed(1),
          seconds.toFixed(1),
          megabytes(residentBytes),
          megabytes(statSync(path).size),
        ];
        rows.push([String(copies), name, ...figures]);
        if (copies > 1 || words.length > 0) continue;
        const db = open(path);
        const tiles = await tilesIn(db);
        const { micros, version } = await reading(db, tiles, quick ? 1_000 : 20_000);
        await db.destroy();
        const rate = await serving(path, version, tiles, quick ? 1 : 10);
        about = `${tileTable(tiles)}\n\nReading a tile of the database, p50 / p95: ${micros} µs. One process, asked by ${CONNECTIONS} connections from the same machine for every tile in turn: ${Math.round(rate)} tiles a second.`;
      }
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }
  const head = ['copies', '', 'CPU, s', 'time, s', 'resident at most, MB', 'database, MB'];
  return `Importing, all threads together:\n\n${table(head, rows)}\n\nAndorra’s tiles, as they are stored and sent:\n\n${about}`;
}
