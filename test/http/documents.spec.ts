import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import request from 'supertest';
import { type RunningApp, startApp } from './support/start-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
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

  test('describes every resource there is, and no other', async () => {
    const { body } = await get('/openapi.json');
    const pages = ['/openapi.json', '/docs', '/problems', '/problems/{slug}'];
    expect(Object.keys(body.paths).sort()).toEqual(
      routes()
        .filter((path) => !pages.includes(path))
        .sort(),
    );
  });

  test('explains every parameter, with an example that is accepted', async () => {
    const { body } = await get('/openapi.json');
    for (const [path, { get: operation }] of Object.entries<{ get: Operation }>(body.paths)) {
      for (const { name, description, example } of operation.parameters) {
        expect(description.length).toBeGreaterThan(10);
        if (path.includes('{')) continue;
        const answer = await get(path).query({ [name]: example });
        const faulty = (answer.body.errors ?? []).filter((error: { given?: string }) => error.given === example);
        expect([path, name, answer.status === 400 ? faulty : []]).toEqual([path, name, []]);
      }
      for (const status of Object.keys(operation.responses)) expect(status).toMatch(/^\d{3}$/);
    }
  });
});

interface Operation {
  parameters: { name: string; description: string; example: string }[];
  responses: Record<string, unknown>;
}

describe('the pages for people', () => {
  test('show every path and parameter, load nothing from elsewhere, and their examples work', async () => {
    const { body: document } = await get('/openapi.json');
    const { text } = await get('/docs')
      .expect(200)
      .expect('Content-Type', /^text\/html/);
    for (const [path, { get: operation }] of Object.entries<{ get: Operation }>(document.paths)) {
      expect(text).toContain(`<code>${path}</code>`);
      for (const { name } of operation.parameters) expect(text).toContain(`<code>${name}</code>`);
    }
    expect(text).toContain('DIN 33466');
    expect(text).not.toMatch(/<(script|link|img)|src=|url\(/);
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    expect(links.length).toBeGreaterThan(6);
    for (const link of links) await get(link).expect(200);
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
