import { expect, test } from '@jest/globals';
import { connect, type Database } from '../../src/planning/database/connect.js';
import { publishRegion } from '../../src/planning/database/editions.js';
import { migrate } from '../../src/planning/database/migrate.js';
import { StaleEdition } from '../../src/planning/database/stale-edition.js';
import { Regions } from '../../src/planning/loops/regions.js';
import { searchPlaces } from '../../src/planning/places/places.js';
import { someRegion } from './some-region.js';

const open = (): Database =>
  connect({ url: 'sqlite::memory:', poolMax: 1, statementTimeoutMs: 1000, connectTimeoutMs: 1000 });

const names = async (regions: Regions) => (await regions.current()).map(({ region }) => region);

test('the regions are kept for a moment, and asked for anew when told that they are old', async () => {
  const db = open();
  await migrate(db);
  await publishRegion(db, someRegion('One', 'a', 1));
  const regions = new Regions(db);
  expect(await names(regions)).toEqual(['One']);
  expect(await regions.current()).toBe(await regions.current());
  await publishRegion(db, someRegion('Two', 'b', 1));
  regions.forget();
  expect(await names(regions)).toEqual(['One', 'Two']);
  await db.destroy();
});

test('a failure is told to those who asked, and the next asks again', async () => {
  const db = open();
  const regions = new Regions(db);
  await expect(regions.current()).rejects.toThrow('no such table');
  await migrate(db);
  expect(await names(regions)).toEqual([]);
  await db.destroy();
});

test('a name searched in an edition that is gone is not unknown: the edition is stale', async () => {
  const db = open();
  await migrate(db);
  const edition = await publishRegion(db, someRegion('One', 'abc', 1));
  expect(await searchPlaces(db, [edition], 'abc', 1)).toHaveLength(1);
  await publishRegion(db, someRegion('One', 'abc', 1));
  await expect(searchPlaces(db, [edition], 'abc', 1)).rejects.toThrow(StaleEdition);
  await db.destroy();
});
