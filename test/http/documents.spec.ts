import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import request from 'supertest';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { fillWithMap, type RunningApp, startApp } from './support/start-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp(fillWithMap);
});
afterAll(() => running.stop());

const get = (path: string) => request(running.url).get(path);

/** Every route that the application answers to, with {id} for :id, and the two that its edge answers. */
function routes(): string[] {
  const { stack } = running.app.getHttpAdapter().getInstance().router as {
    stack: { route?: { path: string; methods: Record<string, boolean> } }[];
  };
  const found = stack.flatMap(({ route }) => (route?.methods.get ? [route.path.replace(/:(\w+)/g, '{$1}')] : []));
  return [...found, '/livez', '/readyz'];
}

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1 and every reference in it resolves', async () => {
    const { body } = await get('/openapi.json')
      .expect(200)
      .expect('Content-Type', /^application\/json/);
    const validator = new Validator();
    expect(await validator.validate(structuredClone(body))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    for (const [, name] of JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(Object.keys(body.components.schemas)).toContain(name);
    }
  });

  test('describes every resource there is but probes and pages, and no other', async () => {
    const { body } = await get('/openapi.json');
    const others = ['/openapi.json', '/docs', '/docs/assets/{release}/{name}', '/problems', '/problems/{slug}'];
    expect(Object.keys(body.paths).sort()).toEqual(
      routes()
        .filter((path) => ![...others, '/livez', '/readyz'].includes(path))
        .sort(),
    );
  });

  test('gives examples that together are a request of the sample region that works', async () => {
    const { body } = await get('/openapi.json');
    for (const [path, { parameters }] of operationsOf(body)) {
      const given = parameters.filter(({ example }) => example !== undefined);
      const query = Object.fromEntries(
        given.filter((one) => one.in === 'query').map((one) => [one.name, one.example!]),
      );
      const exampleOf = (name: string) => given.find((one) => one.in === 'path' && one.name === name)?.example;
      const answer = await get(path.replace(/\{(\w+)\}/g, (_, name) => String(exampleOf(name)))).query(query);
      expect([path, answer.status]).toEqual([path, 200]);
      if (path === '/v1/loops') expect(answer.body.features).toHaveLength(3);
    }
  });

  test('tells of a trailhead and a point that a loop can start from instead', async () => {
    const { body } = await get('/openapi.json');
    const { parameters } = body.paths['/v1/loops'].get as Operation;
    for (const name of ['trailhead', 'start']) {
      const { description } = parameters.find((parameter) => parameter.name === name)!;
      const example = /Such as `(.+)`/.exec(description)![1]!;
      const answer = await get('/v1/loops')
        .query({ [name]: example, length: '8km' })
        .expect(200);
      expect(answer.body.features.length).toBeGreaterThan(0);
    }
  });

  test('says of each parameter what is taken: numbers, bounds, defaults, grades, patterns', async () => {
    const { body } = await get('/openapi.json');
    const { parameters } = body.paths['/v1/loops'].get as Operation;
    const schemaOf = (name: string) => {
      const { schema } = parameters.find((parameter) => parameter.name === name)!;
      return schema.$ref ? body.components.schemas[schema.$ref.split('/').at(-1)!] : schema;
    };
    expect(schemaOf('count')).toEqual({ type: 'integer', minimum: 1, maximum: 10, default: 3 });
    expect(schemaOf('days')).toEqual({ type: 'integer', minimum: 2, maximum: 14 });
    expect(schemaOf('seed')).toMatchObject({ type: 'integer', minimum: 0, default: 0 });
    expect(schemaOf('maxDifficulty').enum).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6']);
    expect(schemaOf('direction').enum).toContain('NE');
    for (const [name, taken, refused] of [
      ['length', '9.5mi', 'far'],
      ['perDay', '14-20km', '14km'],
      ['minAscent', '600m', '600'],
      ['drive', '1h', '30'],
      ['start', '42.5,-1.5', 'Ordino'],
      ['trailhead', 's12', '12'],
      ['near', 'Sant Julià', '\u0000'],
    ] as const) {
      const pattern = new RegExp(schemaOf(name).pattern);
      expect([name, pattern.test(taken), pattern.test(refused)]).toEqual([name, true, false]);
    }
  });

  test('tells every status of every operation, and leaves answers open', async () => {
    const { body } = await get('/openapi.json');
    for (const [path, { responses }] of operationsOf(body)) {
      const any = [200, 304, 400, 404, 405, 408, 413, 414, 429, 431, 500, 502, 503, 504, 'default'].map(String);
      expect([path, Object.keys(responses)]).toEqual([path, expect.arrayContaining(any)]);
    }
    const { responses, headers, schemas } = body.components;
    expect(Object.keys(headers).sort()).toEqual(
      ['Allow', 'Cache-Control', 'Content-Disposition', 'ETag', 'Retry-After', 'X-Request-Id'].sort(),
    );
    for (const name of ['ServiceUnavailable', 'TooManyRequests']) {
      expect(responses[name].headers).toHaveProperty('Retry-After');
    }
    expect(JSON.stringify(body)).not.toContain('additionalProperties');
    expect(schemas.Problem.required).toEqual(['type', 'title', 'status', 'detail']);
    expect(body.security).toEqual([]);
  });
});

interface Operation {
  parameters: {
    name: string;
    in: string;
    description: string;
    example?: string;
    schema: { $ref?: string } & Record<string, unknown>;
  }[];
  responses: Record<string, unknown>;
}

const operationsOf = ({ paths }: { paths: Record<string, { get: Operation }> }): [string, Operation][] =>
  Object.entries(paths).map(([path, { get }]) => [path, { ...get, parameters: get.parameters ?? [] }]);

describe('a document for other data than the sample', () => {
  test('gives examples of that data', async () => {
    const region = sampleRegion();
    const other = await startApp([{ ...region, name: 'Elsewhere', synthetic: false }]);
    try {
      const { body } = await request(other.url).get('/openapi.json').expect(200);
      const [, { parameters }] = operationsOf(body).find(([path]) => path === '/v1/trailheads')!;
      const { example } = parameters.find(({ name }) => name === 'near')!;
      const largest = region.places
        .filter(({ kind }) => kind === 'town' || kind === 'village')
        .sort((a, b) => (b.population ?? 0) - (a.population ?? 0))[0]!;
      expect(example).toBe(largest.name);
      await request(other.url).get('/v1/trailheads').query({ near: example! }).expect(200);
    } finally {
      await other.stop();
    }
  });
});

describe('the pages for people', () => {
  test('load nothing from elsewhere, hold no style or script of their own, and what they load may be kept', async () => {
    for (const path of ['/docs', '/problems', '/problems/loop-gone']) {
      const { text } = await get(path)
        .expect(200)
        .expect('Content-Type', /^text\/html/)
        .expect('Content-Security-Policy', /default-src 'none'; script-src 'self'; style-src 'self'/);
      expect(text).not.toMatch(/<style|style=|<script>|url\(|https?:/);
      const loaded = [...text.matchAll(/(?:href|src)="(\/docs\/assets\/[^"]+)"/g)].map(([, address]) => address!);
      expect(loaded.length).toBeGreaterThan(0);
      for (const address of loaded) {
        const type = address.endsWith('.css') ? /^text\/css/ : /^text\/javascript/;
        await get(address)
          .expect(200)
          .expect('Content-Type', type)
          .expect('Cache-Control', /max-age=31536000, immutable/);
        const ofAnotherRelease = address.replace(/assets\/\w+/, 'assets/0');
        await get(ofAnotherRelease).expect(200).expect('Cache-Control', 'no-cache');
      }
    }
    await get('/docs/assets/0/package.json').expect(404);
  });

  test('tell how the figures come about', async () => {
    const { body } = await get('/openapi.json');
    expect(body.info.description).toContain('DIN 33466');
  });

  test('explain each kind of problem at the address of its type', async () => {
    const { text } = await get('/problems').expect(200);
    const links = [...text.matchAll(/href="(\/problems\/[a-z-]+)"/g)].map(([, href]) => href!);
    expect(links).toEqual(expect.arrayContaining(['/problems/invalid-parameter', '/problems/loop-gone']));
    for (const link of links) {
      const page = await get(link)
        .expect(200)
        .expect('Content-Type', /^text\/html/);
      expect(page.text).toContain(link);
    }
    await get('/problems/no-such-thing').expect(404);
  });
});
