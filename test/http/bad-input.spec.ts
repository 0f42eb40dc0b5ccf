import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { problemAnswer } from '../../src/planning/api/docs/answers.js';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { type RunningApp, startApp } from './support/start-app.js';

const village = sampleRegion().places.find(({ kind }) => kind === 'village')!;
const [lat, lon] = [village.latE7 / 1e7, village.lonE7 / 1e7];

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const get = (path: string) => request(running.url).get(path);

async function problem(path: string, status: number) {
  const answer = await get(path).expect(status).expect('Cache-Control', 'no-store');
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const body = problemAnswer.parse(answer.body);
  expect(body.status).toBe(status);
  return body;
}

describe('a parameter that is not understood', () => {
  test.each([
    ['length=15', 'length', 'did you mean 15km?'],
    ['length=15m', 'length', 'km, mi'],
    ['length=0.1km', 'length', '0.5km to 200km'],
    ['length=1e308km', 'length', 'number with a unit'],
    ['length=NaN', 'length', 'number with a unit'],
    ['length=-5km', 'length', 'number with a unit'],
    ['length=5km&length=6km', 'length', 'more than once'],
    ['length[a]=5km', 'length[a]', 'did you mean length?'],
    ['lenght=5km', 'lenght', 'did you mean length?'],
    ['distance=5km&length=5km', 'distance', 'did you mean length?'],
    ['length=5km&maxDificulty=T2', 'maxDificulty', 'did you mean maxDifficulty?'],
    ['length=5km&maxDifficulty=T9', 'maxDifficulty', 'SAC'],
    ['length=5km&minAscent=600', 'minAscent', 'did you mean 600m?'],
    ['length=5km&count=11', 'count', '1 to 10'],
    ['length=5km&count=1.5', 'count', 'whole number'],
    ['length=5km&seed=-1', 'seed', 'whole number'],
    ['length=5km&drive=30', 'drive', 'did you mean 30min?'],
    ['length=5km&direction=up', 'direction', 'compass'],
    ['length=50km&days=3', 'perDay', 'missing'],
    ['length=50km&perDay=14-20km', 'days', 'missing'],
    ['days=1&perDay=14-20km', 'days', '2 to 14'],
    ['days=3&perDay=14-20', 'perDay', 'did you mean 14-20km?'],
    ['days=3&perDay=20-14km', 'perDay', 'shorter length comes first'],
    ['days=3&perDay=14km', 'perDay', 'span'],
    ['days=3&perDay=14-20km&length=80km', 'length', 'cannot be cut'],
    ['days=14&perDay=18-20km', 'days', 'too long'],
    ['length=%00', 'length', 'control character'],
    [`length=${'9'.repeat(5000)}`, 'length', 'too long'],
    ['', 'length', 'missing'],
    ['length=5km&minAscent=900m&maxAscent=600m', 'minAscent', 'more than maxAscent'],
  ])('%.60s is refused and %s named', async (query, parameter, detail) => {
    const { errors } = await problem(`/v1/loops?near=${lat},${lon}&${query}`, 400);
    const fault = errors!.find((error) => error.parameter === parameter);
    expect(fault?.detail).toContain(detail);
  });

  test.each([
    ['', 'near'],
    [`near=${lat},${lon}&start=${lat},${lon}`, 'start'],
    ['trailhead=s1&near=a', 'trailhead'],
    [`start=${lat},${lon}&drive=30min`, 'drive'],
  ])('the start given as "%s" is refused and %s named', async (query, parameter) => {
    const { errors } = await problem(`/v1/loops?length=5km&${query}`, 400);
    expect(errors!.map((error) => error.parameter)).toContain(parameter);
  });

  test('comes back with every other fault at once, with what was given and what is accepted', async () => {
    const { errors, detail } = await problem('/v1/loops?near=91,200&length=15&counts=3', 400);
    expect(errors).toHaveLength(3);
    expect(errors).toContainEqual(expect.objectContaining({ parameter: 'length', given: '15', accepted: '15km, 9mi' }));
    expect(detail).toContain('91');
  });

  test('is told apart from coordinates given the wrong way round', async () => {
    const out = await problem('/v1/loops?near=-121.7,46.8&length=5km', 400);
    expect(out.detail).toContain('did you mean 46.8,-121.7?');
    const elsewhere = await problem(`/v1/loops?near=${lon},${lat}&length=5km`, 422);
    expect(elsewhere.detail).toContain(`did you mean near=${lat},${lon}?`);
  });
});

describe('a question that has no answer', () => {
  test('about an unknown place comes with names that look alike', async () => {
    const misspelt = `${village.name.slice(0, -1)}x`;
    const body = await problem(`/v1/loops?near=${misspelt}&length=5km`, 422);
    expect(body.type).toBe('/problems/unknown-place');
    expect(body.suggestions).toContain(village.name);
  });

  test('about a point outside every region names the regions', async () => {
    const body = await problem('/v1/trailheads?near=0,0', 422);
    expect(body.type).toBe('/problems/outside-regions');
    expect(body.regions).toEqual([expect.objectContaining({ name: 'Sample (synthetic)' })]);
  });

  test('about an unknown trailhead says where to find them', async () => {
    const body = await problem('/v1/loops?trailhead=n1&length=5km', 422);
    expect(body).toMatchObject({
      type: '/problems/unknown-trailhead',
      errors: [{ parameter: 'trailhead', given: 'n1' }],
    });
  });
});

test('an ascent in a region without elevation is refused, and its loops have none', async () => {
  const region = sampleRegion();
  const flat = {
    ...region,
    hasElevation: false,
    network: {
      ...region.network,
      ascentMeters: region.network.ascentMeters.map(() => NaN),
      descentMeters: region.network.descentMeters.map(() => NaN),
      pointElevation: region.network.pointElevation.map(() => -32768),
    },
  };
  const other = await startApp([flat]);
  try {
    const refused = await request(other.url).get(`/v1/loops?near=${lat},${lon}&length=8km&minAscent=100m`).expect(422);
    expect(refused.body).toMatchObject({ type: '/problems/no-elevation', errors: [{ parameter: 'minAscent' }] });
    const { body } = await request(other.url).get(`/v1/loops?near=${lat},${lon}&length=8km`).expect(200);
    expect(body.features[0].properties).toMatchObject({ ascentMeters: null, descentMeters: null });
    expect(body.features[0].geometry.coordinates[0]).toHaveLength(2);
    expect(body.features[0].bbox).toHaveLength(4);
  } finally {
    await other.stop();
  }
});

describe('anything else', () => {
  test('an unknown path is a problem, and so is another method', async () => {
    expect((await problem('/v1/nothing', 404)).type).toBe('/problems/not-found');
    for (const method of ['post', 'put', 'patch', 'delete'] as const) {
      const { body, headers } = await request(running.url)[method]('/v1/loops').expect(405);
      expect(body).toMatchObject({ type: '/problems/method-not-allowed', instance: '/v1/loops' });
      expect(headers.allow).toBe('GET, HEAD, OPTIONS');
    }
  });

  test('any page may read the answers, without credentials', async () => {
    const { headers } = await request(running.url)
      .options('/v1/loops')
      .set('Origin', 'https://example.org')
      .expect(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    await get('/v1/regions').expect('Access-Control-Allow-Origin', '*');
  });

  test('whatever query is sent to whatever path, the answer is never a 5xx', async () => {
    const name = fc.constantFrom(
      ...['near', 'drive', 'trailhead', 'start', 'length', 'minAscent', 'maxAscent', 'maxDifficulty', 'count', 'seed'],
      ...['q', 'a[b]', '__proto__', 'constructor', 'direction', 'days', 'perDay'],
    );
    const value = fc.oneof(
      fc.constantFrom(
        '15km',
        '9mi',
        '600m',
        'T3',
        '3',
        `${lat},${lon}`,
        village.name,
        '45min',
        's12',
        'NaN',
        '1e308',
        '-0',
      ),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ maxLength: 20 }),
    );
    const raw = fc.string({ maxLength: 40 }).map((text) => text.replace(/[^!-~]|#/g, '%'));
    const query = fc.oneof(
      fc
        .array(fc.tuple(name, value), { maxLength: 6 })
        .map((pairs) => pairs.map(([key, text]) => `${key}=${encodeURIComponent(text.toWellFormed())}`).join('&')),
      raw,
    );
    const path = fc.constantFrom(
      ...['/v1/loops', '/v1/loops.gpx', '/v1/trailheads', '/v1/places', '/v1/regions', '/v1/loops/x', '/problems/x'],
    );
    await fc.assert(
      fc.asyncProperty(path, query, async (where, what) => {
        const answer = await fetch(`${running.url}${where}?${what}`);
        await answer.arrayBuffer();
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
  });
});
