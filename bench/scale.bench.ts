import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { copiesOf } from './copies.js';
import { importInto } from './import-into.js';
import type { ScaleFigures } from './scale-worker.js';
import { table } from './tables.js';

const EXTRACT = 'andorra-2025.osm.pbf';
const QUERIES = 100;
const worker = fileURLToPath(new URL('./scale-worker.js', import.meta.url));
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

async function onServer<T>(server: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function measure(server: string, folder: string, copies: number, queries: number): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'loopwright-scale-'));
  const name = `scale_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    const file = await copiesOf(folder, EXTRACT, copies, scratch);
    const { seconds, residentBytes } = await importInto(url.href, file, scratch, 'Copies', ['--no-map']);
    const [{ size }] = await onServer<{ size: string }>(url.href, `select pg_database_size('${name}') as size`);
    const { stdout } = await promisify(execFile)(process.execPath, [worker, url.href, String(queries)]);
    const figures = JSON.parse(stdout) as ScaleFigures;
    return [
      String(copies),
      seconds.toFixed(1),
      megabytes(residentBytes),
      megabytes(Number(size)),
      ...[figures.empty, figures.kept].flatMap(({ p50Ms, p95Ms, tilesPerQuery }) => [
        `${p50Ms.toFixed(0)} / ${p95Ms.toFixed(0)}`,
        tilesPerQuery.toFixed(1),
      ]),
      megabytes(figures.residentBytes),
    ];
  } finally {
    await onServer(server, `drop database ${name} with (force)`);
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Whether a query costs the same however much there is: one, ten and a hundred copies of the Andorra extract side by side in
 * PostgreSQL (`LOOPWRIGHT_TEST_POSTGRES`), and one worker's loops of 15 km within half an hour's drive of settlements drawn
 * by seed all over them, so that its caches help less the larger the database is.
 */
export async function scaleBench({ quick }: { quick: boolean }): Promise<string> {
  const folder = process.env.LOOPWRIGHT_DATA;
  const server = process.env.LOOPWRIGHT_TEST_POSTGRES;
  if (!folder || !server) throw new Error('LOOPWRIGHT_DATA and LOOPWRIGHT_TEST_POSTGRES name the extract and a server');
  const rows: string[][] = [];
  for (const copies of quick ? [1] : [1, 10, 100])
    rows.push(await measure(server, folder, copies, quick ? 20 : QUERIES));
  const head = [
    'copies',
    'import, s',
    'resident at most in the import, MB',
    'database, MB',
    'query with empty caches p50 / p95, ms',
    'tiles read',
    'with kept caches p50 / p95, ms',
    'tiles read',
    'resident in the worker, MB',
  ];
  const setting = `${QUERIES} queries one after another, one planner thread, caches of 64 MiB.`;
  const care =
    'Other work on the machine changes the times several times over, the tiles read and the bytes not at all.';
  return `${setting} ${care}\n\n${table(head, rows)}`;
}
