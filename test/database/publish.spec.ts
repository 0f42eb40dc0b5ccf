import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/planning/database/connect.js';
import {
  currentEditions,
  everyEdition,
  type PreparedRegion,
  publishRegion,
  removeRegion,
  TILE_FORMAT,
} from '../../src/planning/database/editions.js';
import { migrate } from '../../src/planning/database/migrate.js';
import { engines, type Scratch } from './engines.js';
import { someRegion } from './some-region.js';

const CONTENTS = ['trail_tile', 'road_tile', 'trailhead', 'place', 'place_name', 'stay', 'map_tile'] as const;

/** Rows of each table, by edition. */
async function census(db: Database): Promise<Record<string, Record<number, number>>> {
  const counts: Record<string, Record<number, number>> = {};
  for (const table of CONTENTS) {
    const rows = await db
      .selectFrom(table)
      .select(({ fn }) => ['edition', fn.countAll().as('rows')])
      .groupBy('edition')
      .execute();
    counts[table] = Object.fromEntries(rows.map((row) => [row.edition, Number(row.rows)]));
  }
  return counts;
}

const wholly = (edition: number, rows: number) =>
  Object.fromEntries(CONTENTS.map((table) => [table, { [edition]: rows }]));
const nothing = Object.fromEntries(CONTENTS.map((table) => [table, {}]));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopwright-publish-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An import in a process of its own, as it always is. */
function publishing(
  url: string,
  prepared: PreparedRegion,
  ...words: string[]
): ChildProcessByStdio<null, Readable, null> {
  const file = join(folder, `${randomUUID()}.json`);
  const hex = (_: string, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);
  writeFileSync(file, JSON.stringify(prepared, hex));
  const script = new URL('./publish.mjs', import.meta.url).pathname;
  return spawn(process.execPath, [script, url, file, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe.each(engines())('publishing on $name', ({ create }) => {
  let scratch: Scratch;
  let db: Database;
  beforeEach(async () => {
    scratch = await create();
    db = scratch.open();
    await migrate(db);
  });
  afterEach(() => scratch.drop());

  test('what was published is read back', async () => {
    const id = await publishRegion(db, someRegion('Andorra', 'first'));
    const [edition, ...others] = await currentEditions(db);
    expect(others).toEqual([]);
    expect(edition).toMatchObject({ id, format: TILE_FORMAT, ...someRegion('Andorra', 'first').edition });
    expect(Date.parse(edition.importedAt)).not.toBeNaN();
    const tile = await db.selectFrom('trail_tile').select('body').where('x', '=', 3).executeTakeFirstOrThrow();
    expect(new TextDecoder().decode(tile.body)).toBe('first');
  });

  test('a newer edition takes the place of the older and nothing of that stays', async () => {
    await publishRegion(db, someRegion('Andorra', 'first', 30));
    const id = await publishRegion(db, someRegion('Andorra', 'second', 10));
    expect(await census(db)).toEqual(wholly(id, 10));
    expect(await currentEditions(db)).toMatchObject([{ id, source: 'second' }]);
  });

  test('ten thousand rows a table pass in one transaction', async () => {
    const seen: number[] = [];
    const id = await publishRegion(db, someRegion('Big', 'big', 10_000), (written, total) => {
      expect(total).toBe(70_000);
      seen.push(written);
    });
    expect(await census(db)).toEqual(wholly(id, 10_000));
    expect(seen.at(-1)).toBe(70_000);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('readers see the old edition until the new one is whole', async () => {
    const old = await publishRegion(db, someRegion('Andorra', 'first'));
    const reader = scratch.open();
    let looks = 0;
    const id = await publishRegion(db, someRegion('Andorra', 'second'), async () => {
      expect(await currentEditions(reader)).toMatchObject([{ id: old, source: 'first' }]);
      expect(await census(reader)).toEqual(wholly(old, 20));
      looks++;
    });
    expect(looks).toBeGreaterThan(0);
    expect(await currentEditions(reader)).toMatchObject([{ id, source: 'second' }]);
  });

  test('an import that fails half-way leaves the database as it was', async () => {
    const old = await publishRegion(db, someRegion('Andorra', 'first'));
    const failing = publishRegion(db, someRegion('Andorra', 'second'), () => {
      throw new Error('interrupted');
    });
    await expect(failing).rejects.toThrow('interrupted');
    expect(await census(db)).toEqual(wholly(old, 20));
    expect(await currentEditions(db)).toMatchObject([{ id: old, source: 'first' }]);
  });

  test('a process killed while it writes leaves the database as it was, and the next import is not held up', async () => {
    const old = await publishRegion(db, someRegion('Andorra', 'first'));
    const child = publishing(scratch.url, someRegion('Andorra', 'second', 5_000), 'hang');
    const [line] = await once(child.stdout, 'data');
    expect(String(line)).toBe('half written\n');
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(await census(db)).toEqual(wholly(old, 20));
    expect(await currentEditions(db)).toMatchObject([{ id: old, source: 'first' }]);
    const id = await publishRegion(db, someRegion('Andorra', 'third'));
    expect(await census(db)).toEqual(wholly(id, 20));
  });

  test('two imports of one region at once leave one whole edition', async () => {
    const children = ['left', 'right'].map((mark) => publishing(scratch.url, someRegion('Andorra', mark, 500)));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0]);
    const [edition, ...others] = await currentEditions(db);
    expect(others).toEqual([]);
    expect(await census(db)).toEqual(wholly(edition.id, 500));
  });

  test('removing takes one region, leaves the others and says whether there was one', async () => {
    const kept = await publishRegion(db, someRegion('Andorra', 'kept'));
    await publishRegion(db, someRegion('Bavaria', 'gone'));
    expect(await removeRegion(db, 'Bavaria')).toBe(true);
    expect(await removeRegion(db, 'Bavaria')).toBe(false);
    expect(await currentEditions(db)).toMatchObject([{ id: kept, region: 'Andorra' }]);
    expect(await census(db)).toEqual(wholly(kept, 20));
  });

  test('the number of a removed edition is never given again, for workers keep tiles by it', async () => {
    const first = await publishRegion(db, someRegion('Andorra', 'first'));
    await removeRegion(db, 'Andorra');
    expect(await census(db)).toEqual(nothing);
    expect(await publishRegion(db, someRegion('Andorra', 'second'))).toBeGreaterThan(first);
  });

  test('an edition in a format of another version is kept from requests, not from the list', async () => {
    const id = await publishRegion(db, someRegion('Andorra', 'first'));
    await db
      .updateTable('edition')
      .set({ format: TILE_FORMAT + 1 })
      .where('id', '=', id)
      .execute();
    expect(await currentEditions(db)).toEqual([]);
    expect(await everyEdition(db)).toMatchObject([{ id, format: TILE_FORMAT + 1 }]);
  });
});
