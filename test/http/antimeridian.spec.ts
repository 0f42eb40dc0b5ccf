import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { validateXML } from 'xmllint-wasm';
import {
  loopAnswer,
  loopsAnswer,
  placesAnswer,
  regionsAnswer,
  trailheadsAnswer,
} from '../../src/planning/api/docs/answers.js';
import { islandAcross180 } from '../antimeridian.js';
import { type RunningApp, startApp } from './support/start-app.js';
import { lineOf, metersAlong } from './support/walk.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp([islandAcross180()]);
});
afterAll(() => running.stop());

const get = async (path: string) => (await request(running.url).get(path).expect(200)).body;
const loops = async (query: string) => loopsAnswer.parse(await get(`/v1/loops?${query}`));

describe('on an island either side of the antimeridian', () => {
  test('the region has a narrow box that crosses it', async () => {
    const [region] = regionsAnswer.parse(await get('/v1/regions')).regions;
    const [west, south, east, north] = region!.bbox as [number, number, number, number];
    expect([west, east].map((lon) => lon.toFixed(1))).toEqual(['180.0', '-180.0']);
    expect(west).toBeLessThan(180);
    expect(east).toBeGreaterThan(-180);
    expect(north - south).toBeLessThan(0.1);
  });

  test('a place at 180 is one at -180, and one beside the region is outside', async () => {
    const [plus, minus] = await Promise.all(['180', '-180'].map((lon) => loops(`start=-16.8,${lon}&length=5km`)));
    expect(plus!.features.length).toBeGreaterThan(0);
    expect(plus!.features.map(({ geometry }) => geometry)).toEqual(minus!.features.map(({ geometry }) => geometry));
    await request(running.url).get('/v1/loops?start=-16.8,179.9&length=5km').expect(422);
    await request(running.url).get('/v1/loops?start=-16.8,0&length=5km').expect(422);
  });

  test('the village in the east drives to the trailheads in the west, over the road that crosses', async () => {
    const { features: places } = placesAnswer.parse(await get('/v1/places?q=Naselesele'));
    expect(places[0]!.geometry.coordinates[0]).toBeGreaterThan(179);
    const { features } = trailheadsAnswer.parse(await get('/v1/trailheads?near=Naselesele&drive=30min'));
    const lons = features.map(({ geometry }) => geometry.coordinates[0]!);
    expect([Math.max(...lons) > 179, Math.min(...lons) < -179]).toEqual([true, true]);
    for (const { properties } of features) expect(properties.driveMeters).toBeLessThan(5_000);
  });

  test('loops that cross are cut there, are as long as they say, and their ids rebuild them', async () => {
    const { features } = await loops('near=Naselesele&length=6km&count=5');
    const crossing = features.filter(({ geometry }) => geometry.type === 'MultiLineString');
    expect(crossing.length).toBeGreaterThan(0);
    for (const { geometry, bbox, properties } of features) {
      const line = lineOf(geometry);
      expect(line.at(-1)).toEqual(line[0]);
      expect(Math.abs(metersAlong(line) - properties.lengthMeters)).toBeLessThan(5);
      if (geometry.type === 'LineString') continue;
      expect(bbox[0]).toBeGreaterThan(bbox[3]!);
      for (const part of geometry.coordinates) {
        expect(new Set(part.map(([lon]) => Math.sign(lon!))).size).toBe(1);
        for (const position of part) expect(position).toHaveLength(3);
      }
    }
    const again = loopAnswer.parse(await get(crossing[0]!.properties.links.self));
    expect(again.geometry).toEqual(crossing[0]!.geometry);
  });

  test('a loop that crosses is one track of GPX, with a segment for each part', async () => {
    const { features } = await loops('near=Naselesele&length=6km&count=5');
    const loop = features.find(({ geometry }) => geometry.type === 'MultiLineString')!;
    const { text, body } = await request(running.url).get(loop.properties.links.gpx).buffer(true).expect(200);
    const xml: string = text ?? body.toString();
    const schema = await readFile(new URL('../gpx-1.1.xsd', import.meta.url), 'utf8');
    expect(await validateXML({ xml, schema })).toMatchObject({ valid: true });
    expect(xml.match(/<trk>/g)).toHaveLength(1);
    expect(xml.match(/<trkseg>/g)).toHaveLength(loop.geometry.coordinates.length);
  });

  test('a day ends at the hut on the other side', async () => {
    const { features, why } = await loops('near=Naselesele&days=2&perDay=1-9km&count=1');
    expect(why).toBeUndefined();
    expect(features[0]!.properties.days![0]!.sleepAt).toMatchObject({ name: 'Hut at the line' });
  });
});
