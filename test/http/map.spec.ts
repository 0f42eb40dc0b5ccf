import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import request from 'supertest';
import { problemAnswer } from '../../src/planning/api/docs/answers.js';
import { mapAnswer } from '../../src/planning/api/docs/map-answers.js';
import { fillWithMap, type RunningApp, startApp } from './support/start-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp(fillWithMap);
});
afterAll(() => running.stop());

const get = (path: string) => request(running.url).get(path);

/** The present map, and a square in the middle of it. */
async function present() {
  const facts = mapAnswer.parse((await get('/v1/map').expect(200)).body);
  const [west, south, east, north] = facts.regions[0]!.bbox as [number, number, number, number];
  const at = (z: number): string => {
    const lat = ((south + north) * Math.PI) / 360;
    const x = Math.floor((((west + east) / 2 + 180) / 360) * 2 ** z);
    const y = Math.floor(((1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2) * 2 ** z);
    return `${z}/${x}/${y}`;
  };
  return { ...facts, at, base: `/v1/map/${facts.version}` };
}

const bytesOf = (path: string, headers: Record<string, string> = {}) =>
  fetch(running.url + path, { headers }).then(async (answer) => ({
    answer,
    bytes: new Uint8Array(await answer.arrayBuffer()),
  }));

describe('the map', () => {
  test('says which version it has, where it reaches and whom to name, and is asked for again', async () => {
    const answer = await get('/v1/map')
      .expect(200)
      .expect('Content-Type', 'application/json; charset=utf-8')
      .expect('Cache-Control', 'no-cache');
    const { version, regions, withoutMap, hasElevation, tiles, attribution, zooms } = mapAnswer.parse(answer.body);
    expect(version).toMatch(/^[\w-]{12}$/);
    expect(regions.map(({ name }) => name)).toEqual(['Sample (synthetic)']);
    expect([withoutMap, hasElevation]).toEqual([[], true]);
    expect(tiles).toBe(`/v1/map/${version}/{layer}/{z}/{x}/{y}`);
    expect(attribution).toMatch(/^Synthetic data/);
    expect(zooms.map).toEqual({ min: 5, max: 14 });
    await get('/v1/map').set('If-None-Match', answer.headers.etag!).expect(304);
  });

  test('has vector tiles that hold what the region has, to be kept for ever', async () => {
    const { base, at } = await present();
    const { answer, bytes } = await bytesOf(`${base}/map/${at(12)}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const { layers } = new VectorTile(new PbfReader(bytes));
    expect(Object.keys(layers)).toEqual(expect.arrayContaining(['ground', 'waterway', 'road', 'trail', 'poi']));
    const again = await get(`${base}/map/${at(12)}`).set('If-None-Match', answer.headers.get('etag')!);
    expect(again.status).toBe(304);
  });

  test('unpacks a tile for those who take no gzip', async () => {
    const { base, at } = await present();
    const { answer, bytes } = await bytesOf(`${base}/map/${at(13)}`, { 'Accept-Encoding': 'identity' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(Object.keys(new VectorTile(new PbfReader(bytes)).layers)).toContain('trail');
  });

  test('has lines of equal height, and a relief as a picture', async () => {
    const { base, at } = await present();
    const contour = await bytesOf(`${base}/contour/${at(13)}`);
    const { layers } = new VectorTile(new PbfReader(contour.bytes));
    expect(Object.keys(layers)).toEqual(['contour']);
    const relief = await bytesOf(`${base}/relief/${at(11)}`);
    expect(relief.answer.headers.get('content-type')).toBe('image/png');
    expect([...relief.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  test('sends what is stored', async () => {
    const { base, at } = await present();
    const [z, x, y] = at(14).split('/').map(Number) as [number, number, number];
    const row = await running.db
      .selectFrom('map_tile')
      .select('body')
      .where('layer', '=', 'map')
      .where('z', '=', z)
      .where('x', '=', x)
      .where('y', '=', y)
      .executeTakeFirstOrThrow();
    const { bytes } = await bytesOf(`${base}/map/${at(14)}`);
    expect(Buffer.from(bytes)).toEqual(gunzipSync(row.body));
  });

  test('answers 204 where there is nothing, which may be kept as well', async () => {
    const { base } = await present();
    await get(`${base}/map/14/0/0`)
      .expect(204)
      .expect('Cache-Control', /immutable/);
  });
});

describe('an address of a tile', () => {
  async function refused(path: string, status: number) {
    const answer = await get(path).expect(status).expect('Cache-Control', 'no-store');
    return problemAnswer.parse(answer.body);
  }

  test.each([
    ['map/x/1/1', 'z'],
    ['map/10/-1/1', 'x'],
    ['map/10/1/1.5', 'y'],
    ['map/10/1/1.pbf', 'y'],
    ['map/10/1/99999999999', 'y'],
  ])('%s: what is no number is named', async (path, parameter) => {
    const { base } = await present();
    const { type, errors } = await refused(`${base}/${path}`, 400);
    expect(type).toBe('/problems/invalid-parameter');
    expect(errors!.map((fault) => fault.parameter)).toEqual([parameter]);
  });

  test.each([
    ['tracks/10/1/1', 'layer', 'map, contour, relief'],
    ['toString/10/1/1', 'layer', 'map, contour, relief'],
    ['map/4/1/1', 'z', '5 to 14'],
    ['map/15/1/1', 'z', '5 to 14'],
    ['contour/10/1/1', 'z', '11 to 13'],
    ['relief/12/1/1', 'z', '6 to 11'],
    ['map/10/1024/1', 'x', '0 to 1023'],
    ['map/10/1/1024', 'y', '0 to 1023'],
  ])('%s: what no tile can have is named', async (path, parameter, accepted) => {
    const { base } = await present();
    const { type, errors } = await refused(`${base}/${path}`, 404);
    expect(type).toBe('/problems/not-found');
    expect(errors).toEqual([expect.objectContaining({ parameter, accepted })]);
  });

  test('of another version than the present one is gone, and must not be kept', async () => {
    const { at } = await present();
    const { type } = await refused(`/v1/map/AAAAAAAAAAAA/map/${at(12)}`, 404);
    expect(type).toBe('/problems/map-gone');
  });

  test('takes no query', async () => {
    const { base, at } = await present();
    const { errors } = await refused(`${base}/map/${at(12)}?key=1`, 400);
    expect(errors!.map(({ parameter }) => parameter)).toEqual(['key']);
  });
});

describe('another import', () => {
  test('makes another version: tiles of the old one are gone, those of the new one are there', async () => {
    const other = await startApp(fillWithMap);
    try {
      const factsOf = async () => mapAnswer.parse((await request(other.url).get('/v1/map').expect(200)).body);
      const before = await factsOf();
      await fillWithMap(other.databaseUrl);
      const address = (version: string | null) => `/v1/map/${version}/map/14/0/0`;
      let after = await factsOf();
      // What regions there are is asked of the database twice a second.
      while (after.version === before.version) after = await factsOf();
      await request(other.url).get(address(after.version)).expect(204);
      await request(other.url).get(address(before.version)).expect(404);
    } finally {
      await other.stop();
    }
  });

  test('of a second region at the same place is merged into the tiles', async () => {
    const other = await startApp(async (url) => {
      await fillWithMap(url);
      await fillWithMap(url, 'Twin');
    });
    try {
      const { base, at } = await present();
      const facts = mapAnswer.parse((await request(other.url).get('/v1/map').expect(200)).body);
      expect(facts.regions.map(({ name }) => name)).toEqual(['Sample (synthetic)', 'Twin']);
      const trailsIn = (bytes: Uint8Array) => new VectorTile(new PbfReader(bytes)).layers.trail!;
      const one = trailsIn((await bytesOf(`${base}/map/${at(12)}`)).bytes);
      const answer = await fetch(`${other.url}/v1/map/${facts.version}/map/${at(12)}`);
      const both = trailsIn(new Uint8Array(await answer.arrayBuffer()));
      expect(both.length).toBe(2 * one.length);
      const told = (layer: typeof one, i: number) => layer.feature(i).properties;
      for (let i = 0; i < one.length; i++) {
        expect(told(both, i)).toEqual(told(one, i));
        expect(told(both, one.length + i)).toEqual(told(one, i));
      }
    } finally {
      await other.stop();
    }
  });
});

describe('a region without a map', () => {
  test('is named, loops are planned in it, and there is no version', async () => {
    const plain = await startApp();
    try {
      const { body } = await request(plain.url).get('/v1/map').expect(200);
      expect(mapAnswer.parse(body)).toMatchObject({
        version: null,
        regions: [],
        withoutMap: ['Sample (synthetic)'],
        hasElevation: false,
        tiles: null,
      });
      await request(plain.url).get('/v1/map/null/map/14/0/0').expect(404);
      const loops = await request(plain.url).get('/v1/loops?near=Alderby&drive=10km&length=8km').expect(200);
      expect(loops.body.features).toHaveLength(3);
    } finally {
      await plain.stop();
    }
  });
});
