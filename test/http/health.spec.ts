import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { smallApi } from './support/small-api.js';

let database = async (): Promise<void> => {};
let app: NestExpressApplication;

beforeAll(async () => {
  app = await smallApi([], {
    checks: () => [{ name: 'database', check: () => database() }],
    // What would stand in the way of a route.
    configure: (each) => {
      each.setGlobalPrefix('api');
      each.enableVersioning();
      each.useGlobalGuards({ canActivate: () => false });
    },
  });
});
afterAll(() => app.close());

it('says that the process turns', async () => {
  await request(app.getHttpServer()).get('/livez').expect(200).expect('Cache-Control', 'no-store');
});

it('is ready when every check passes', async () => {
  const { body } = await request(app.getHttpServer()).get('/readyz').expect(200).expect('Cache-Control', 'no-store');
  expect(body).toMatchObject({ status: 'ok', details: { lifecycle: { status: 'up' }, database: { status: 'up' } } });
});

it('answers HEAD without a body', async () => {
  const { text } = await request(app.getHttpServer()).head('/readyz').expect(200);
  expect(text).toBeUndefined();
});

it('is not ready when one fails, says why, and recovers by itself', async () => {
  database = async () => {
    throw new Error('connection refused');
  };
  const { body } = await request(app.getHttpServer()).get('/readyz').expect(503);
  expect(body).toMatchObject({
    status: 'error',
    details: { lifecycle: { status: 'up' }, database: { status: 'down', message: 'connection refused' } },
  });
  database = async () => {};
  await request(app.getHttpServer()).get('/readyz').expect(200);
});

it('does not wait for a check that never ends', async () => {
  database = () => new Promise(() => {});
  const { body } = await request(app.getHttpServer()).get('/readyz').expect(503);
  expect(body.details.database.message).toContain('2000ms');
});
