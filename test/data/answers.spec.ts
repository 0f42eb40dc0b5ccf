import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { validateXML } from 'xmllint-wasm';
import { loopAnswer, loopsAnswer, placesAnswer, trailheadsAnswer } from '../../src/planning/api/docs/answers.js';
import { type RunningApp, startApp } from '../http/support/start-app.js';
import { lineOf, metersAlong } from '../http/support/walk.js';

const data = process.env.LOOPWRIGHT_DATA;
const present = data !== undefined && existsSync(join(data, 'andorra-2025.osm.pbf'));
if (!present && process.env.LOOPWRIGHT_REQUIRE_ALL === '1') {
  throw new Error('LOOPWRIGHT_DATA names no folder with andorra-2025.osm.pbf');
}

/** The seats of the seven parishes. */
const PARISHES = [
  'Andorra la Vella',
  'Canillo',
  'Encamp',
  'les Escaldes',
  'La Massana',
  'Ordino',
  'Sant Julià de Lòria',
];

(present ? describe : describe.skip)('answers over the Andorra extract', () => {
  let running: RunningApp;

  beforeAll(async () => {
    const command = new URL('../../dist/planning/import/trails.command.js', import.meta.url).pathname;
    running = await startApp(async (url) => {
      const words = ['import', join(data!, 'andorra-2025.osm.pbf'), '--elevation', data!, '--name', 'Andorra'];
      const env = { PATH: process.env.PATH, DATABASE_URL: url };
      await promisify(execFile)(process.execPath, [command, ...words], { env });
    });
  }, 120_000);
  afterAll(() => running.stop());

  const ask = async (path: string) => (await request(running.url).get(path).expect(200)).body;
  const loops = async (query: Record<string, string>) =>
    loopsAnswer.parse(await ask(`/v1/loops?${new URLSearchParams(query)}`));

  test('15 km near Ordino are three closed loops of 15 km with ascent, and name OpenStreetMap', async () => {
    const { features, attribution, dataDate } = await loops({ near: '42.5565,1.5332', drive: '30min', length: '15km' });
    expect(attribution).toContain('OpenStreetMap contributors');
    expect(dataDate).toBe('2025-01-19');
    expect(features).toHaveLength(3);
    for (const { properties, geometry } of features) {
      const line = lineOf(geometry);
      expect(line.at(-1)).toEqual(line[0]);
      expect(Math.abs(metersAlong(line) - properties.lengthMeters)).toBeLessThan(20);
      expect(Math.abs(properties.lengthMeters - 15_000)).toBeLessThan(300);
      expect(properties.ascentMeters).toBeGreaterThan(100);
      expect(properties.trailhead.driveSeconds).toBeLessThanOrEqual(1800);
    }
  });

  test('every parish is found by its name, and has three loops that are within 2 % at the median', async () => {
    const errors: number[] = [];
    for (const parish of PARISHES) {
      const { features, search } = await loops({ near: parish, drive: '20min', length: '15km' });
      expect([parish, search.place?.name, features.length]).toEqual([parish, parish, 3]);
      errors.push(...features.map(({ properties }) => Math.abs(properties.lengthMeters / 15_000 - 1)));
    }
    expect(errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)]).toBeLessThan(0.02);
  });

  test('a loop of 60 km has an id of at most 400 characters, which gives it back, also as valid GPX', async () => {
    const { features } = await loops({ near: 'Encamp', drive: '45min', length: '60km', count: '2' });
    expect(features.length).toBeGreaterThan(0);
    const schema = await readFile(new URL('../gpx-1.1.xsd', import.meta.url), 'utf8');
    for (const found of features) {
      expect(found.id.length).toBeLessThanOrEqual(400);
      const again = loopAnswer.parse(await ask(found.properties.links.self));
      expect(again.geometry).toEqual(found.geometry);
      const { text, body } = await request(running.url).get(found.properties.links.gpx).buffer(true).expect(200);
      const { valid, errors } = await validateXML({ xml: text ?? body.toString(), schema });
      expect(errors).toEqual([]);
      expect(valid).toBe(true);
    }
  });

  test('drives are longer than the crow flies, at speeds that cars have', async () => {
    const { features, search } = trailheadsAnswer.parse(await ask('/v1/trailheads?near=Ordino&drive=1h'));
    expect(features.length).toBeGreaterThan(200);
    const { lat, lon } = search.place.location;
    for (const { geometry, properties } of features) {
      // The parking and the place are each some way from the road.
      const straight = metersAlong([[lon, lat], geometry.coordinates]) - search.drive.roadMeters - 500;
      expect(properties.driveMeters).toBeGreaterThanOrEqual(straight);
      const kilometersPerHour = (3.6 * properties.driveMeters) / Math.max(1, properties.driveSeconds);
      if (properties.driveSeconds > 60) {
        expect(kilometersPerHour).toBeGreaterThan(5);
        expect(kilometersPerHour).toBeLessThan(110);
      }
    }
  });

  test.each([
    ['ordi', 'Ordino'],
    ['ANDORRA LA V', 'Andorra la Vella'],
    ['sant julia de', 'Sant Julià de Lòria'],
    ['comapedrosa', 'Pic de Comapedrosa'],
  ])('%s finds %s first', async (typed, name) => {
    const { features } = placesAnswer.parse(await ask(`/v1/places?q=${encodeURIComponent(typed)}`));
    expect(features[0]?.properties.name).toBe(name);
  });

  test.each([
    ['Urdino', 'Ordino'],
    ['Ordinno', 'Ordino'],
    ['Canilo', 'Canillo'],
    ['La Massanna', 'La Massana'],
    ['Rodino', 'Ordino'],
  ])('%s is taken for a misspelling of %s', async (typed, name) => {
    const path = `/v1/loops?length=15km&near=${encodeURIComponent(typed)}`;
    const { body } = await request(running.url).get(path).expect(422);
    expect(body.suggestions).toContain(name);
  });
});
