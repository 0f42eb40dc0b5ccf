import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { HealthModule } from '../../src/runtime/health/health.module.js';

let database = async (): Promise<void> => {};
let app: NestExpressApplication;

beforeAll(async () => {
  const checks = () => [
    { name: 'lifecycle', check: async () => {} },
    { name: 'database', check: () => database() },
  ];
  const module = await Test.createTestingModule({
    imports: [HealthModule.withChecks({ inject: [], useFactory: checks })],
  }).compile();
  app = module.createNestApplication<NestExpressApplication>();
  await app.init();
});
afterAll(() => app.close());

it('says that the process turns', async () => {
  await request(app.getHttpServer()).get('/livez').expect(200).expect('Cache-Control', 'no-store');
});

it('is ready when every check passes', async () => {
  const { body } = await request(app.getHttpServer()).get('/readyz').expect(200).expect('Cache-Control', 'no-store');
  expect(body).toMatchObject({ status: 'ok', details: { lifecycle: { status: 'up' }, database: { status: 'up' } } });
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
