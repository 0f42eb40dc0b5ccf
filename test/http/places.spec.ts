import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { placesAnswer, regionsAnswer, trailheadsAnswer } from '../../src/planning/api/docs/answers.js';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import type { Place } from '../../src/planning/network/region.js';
import { type RunningApp, startApp } from './support/start-app.js';

const sample = sampleRegion();
const village = sample.places.find(({ kind }) => kind === 'village')!;

/** Names that are easily confused, in a region of their own beside the sample. */
const place = (
  id: string,
  name: string,
  kind: Place['kind'],
  population: number | null,
  otherNames: string[] = [],
) => ({
  ...village,
  id,
  name,
  kind,
  population,
  otherNames,
});
const confusing = {
  ...sample,
  name: 'Confusing (synthetic)',
  places: [
    place('s900', 'Sant Julià de Lòria', 'town', 7500, ['San Julián']),
    place('s901', 'Sant Julià', 'hamlet', 12),
    place('s902', 'Pic de Sant Julià', 'peak', null),
    place('s903', 'Twin', 'village', 100),
    place('s904', 'Twin', 'village', 90),
    place('s905', 'Twinborough', 'city', 90_000),
    place('s906', 'Bruneck - Brunico', 'town', 17_000, ['Bruneck']),
    place('s907', 'Brunico', 'peak', null),
    place('s908', 'Mühlbach', 'village', 300),
  ],
};

let running: RunningApp;
beforeAll(async () => {
  running = await startApp([sample, confusing]);
});
afterAll(() => running.stop());

const get = async (path: string) => (await request(running.url).get(path).expect(200)).body;
const names = async (q: string) =>
  placesAnswer
    .parse(await get(`/v1/places?q=${encodeURIComponent(q)}`))
    .features.map(({ properties }) => properties.name);

describe('searching places', () => {
  test('finds by the beginning of a name, whatever its accents and capitals, the whole name first', async () => {
    expect(await names('SANT JULIA')).toEqual(['Sant Julià', 'Sant Julià de Lòria', 'Pic de Sant Julià']);
  });

  test('finds by the beginning of a word in the name, and by other names', async () => {
    expect(await names('lor')).toEqual(['Sant Julià de Lòria']);
    expect(await names('san julian')).toEqual(['Sant Julià de Lòria']);
  });

  test('lists what shares one name, the larger first, before names that are longer', async () => {
    const { features } = placesAnswer.parse(await get('/v1/places?q=twin'));
    expect(features.map(({ id }) => id)).toEqual(['s903', 's904', 's905']);
    expect(features[0]!.properties.region).toBe(confusing.name);
  });

  test('finds a place of two languages by each, before another that is called so', async () => {
    expect(await names('brunico')).toEqual(['Bruneck - Brunico', 'Brunico']);
    expect(await names('bruneck')).toEqual(['Bruneck - Brunico']);
  });

  test.each([
    ['St. Julià de Lòria', 'Sant Julià de Lòria'],
    ['Muehlbach', 'Mühlbach'],
    ['Mühlbach, Somewhere', 'Mühlbach'],
    ['39037 Mühlbach', 'Mühlbach'],
  ])('finds what is meant by %s', async (typed, name) => {
    expect((await names(typed))[0]).toBe(name);
    const { search } = trailheadsAnswer.parse(await get(`/v1/trailheads?near=${encodeURIComponent(typed)}`));
    expect(search.place.name).toBe(name);
  });

  test('gives nothing for a name that nothing begins with, and no more than the count', async () => {
    expect(await names('zzzz')).toEqual([]);
    expect((await get('/v1/places?q=s&count=2')).features).toHaveLength(2);
  });
});

describe('a name that means several places', () => {
  test('takes the first and tells of the others', async () => {
    const { search } = trailheadsAnswer.parse(await get('/v1/trailheads?near=Twin'));
    expect(search.place).toMatchObject({ name: 'Twin', kind: 'village' });
    expect(search.place.others!.map(({ name }) => name)).toEqual(['Twin', 'Twinborough']);
  });

  test('is taken without a word where everybody means the same', async () => {
    const { search } = trailheadsAnswer.parse(await get('/v1/trailheads?near=San%20Juli%C3%A1n'));
    expect(search.place).toMatchObject({ name: 'Sant Julià de Lòria' });
    expect(search.place.others).toBeUndefined();
  });
});

describe('trailheads around a place', () => {
  test('come by the drive, within it, and more with a longer one', async () => {
    const near = `near=${encodeURIComponent(village.name)}`;
    const short = trailheadsAnswer.parse(await get(`/v1/trailheads?${near}&drive=5min`));
    const long = trailheadsAnswer.parse(await get(`/v1/trailheads?${near}&drive=1h`));
    const seconds = short.features.map(({ properties }) => properties.driveSeconds);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    expect(Math.max(...seconds)).toBeLessThanOrEqual(300);
    expect(short.features.length).toBeGreaterThan(0);
    expect(long.features.length).toBeGreaterThan(short.features.length);
    expect(long.features.slice(0, short.features.length).map(({ id }) => id)).toEqual(
      short.features.map(({ id }) => id),
    );
  });

  test('bounded in kilometres are no farther along the road', async () => {
    const { features } = trailheadsAnswer.parse(
      await get(`/v1/trailheads?near=${encodeURIComponent(village.name)}&drive=4km`),
    );
    for (const { properties } of features) expect(properties.driveMeters).toBeLessThanOrEqual(4000);
  });
});

test('regions tell their bounds, their date and what they hold', async () => {
  const { regions } = regionsAnswer.parse(await get('/v1/regions'));
  expect(regions.map(({ name }) => name)).toEqual([confusing.name, sample.name]);
  expect(regions[1]).toMatchObject({
    synthetic: true,
    hasElevation: true,
    dataDate: sample.dataDate,
    counts: { trailheads: sample.trailheads.length, places: sample.places.length },
  });
});
