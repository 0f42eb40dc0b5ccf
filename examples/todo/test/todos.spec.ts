import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { application } from '../src/app.module.js';
import { environment } from '../src/config.js';
import { PurgeJob } from '../src/purge.job.js';
import { createApp, readEnvironment } from '../src/runtime/door.js';
import { TodosStore } from '../src/todos.store.js';

const directory = mkdtempSync(join(tmpdir(), 'todo-'));
const token = 'a-token-for-tests';
let app: NestExpressApplication;

beforeAll(async () => {
  const env = { TODO_FILE: join(directory, 'todos.db'), TODO_TOKEN: token, REPORT_MS: '10', LOG_LEVEL: 'silent' };
  app = await createApp(application, readEnvironment(environment, env));
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  rmSync(directory, { recursive: true });
});

const api = () => request.agent(app.getHttpServer()).set('Authorization', `Bearer ${token}`);

describe('todos', () => {
  it('are made, read and changed', async () => {
    const { body } = await api().post('/api/todos').send({ title: ' milk ' }).expect(201);
    expect(body).toEqual({ id: expect.any(Number), title: 'milk', done: false });
    const changed = await api().patch(`/api/todos/${body.id}`).send({ done: true }).expect(200);
    expect(changed.body).toEqual({ ...body, done: true });
    await api().get(`/api/todos/${body.id}`).expect(200, changed.body);
    expect((await api().get('/api/todos').expect(200)).body).toContainEqual(changed.body);
  });

  it('say what is wrong with a body, and that there is none of a number', async () => {
    const wrong = await api().post('/api/todos').send({ title: '' }).expect(400);
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ detail: expect.stringMatching(/^title: /) }] });
    const none = await api().patch('/api/todos/4711').send({ done: true }).expect(404);
    expect(none.body.detail).toBe('There is no todo 4711.');
  });

  it('are for who bears the token', async () => {
    const { body } = await request(app.getHttpServer()).get('/api/todos').expect(401);
    expect(body).toMatchObject({ status: 401, detail: 'Send Authorization: Bearer and the token.' });
  });

  it('may be changed from one other page', async () => {
    const asked = { Origin: 'http://localhost:5173', 'Access-Control-Request-Method': 'PATCH' };
    const { headers } = await request(app.getHttpServer()).options('/api/todos/1').set(asked).expect(204);
    expect(headers['access-control-allow-methods']).toContain('PATCH');
  });
});

it('is ready without a token and without the prefix', async () => {
  const { body } = await request(app.getHttpServer()).get('/readyz').expect(200);
  expect(body.details.todos).toMatchObject({ status: 'up' });
});

it('counts in its report', async () => {
  const { body } = await api().get('/api/report').expect(200);
  expect(body).toEqual({ todos: expect.any(Number), done: expect.any(Number) });
});

it('purges what is done, once however many workers have the clock', async () => {
  const store = app.get(TodosStore);
  const { id } = store.make('bread');
  store.change(id, { done: true });
  app.get(PurgeJob).purge();
  app.get(PurgeJob).purge();
  expect(store.find(id)).toBeNull();
  const now = 10 * Date.now();
  expect([store.purge(now), store.purge(now), store.purge(now + 1)]).toEqual([0, null, 0]);
});

it('tells of changes as they happen, and goes on where a reader left off', async () => {
  const store = app.get(TodosStore);
  const before = store.lastChange();
  store.make('butter');
  const headers = { Authorization: `Bearer ${token}`, 'Last-Event-ID': String(before) };
  const response = await fetch(`${await app.getUrl()}/api/events`, { headers });
  const reader = response.body?.getReader();
  const read = async (id: number) => {
    let text = '';
    while (!text.includes(`id: ${id}\n`)) text += new TextDecoder().decode((await reader?.read())?.value);
    return text;
  };
  expect(await read(before + 1)).toContain('"what":"made"');
  store.make('cheese');
  await read(before + 2);
  await reader?.cancel();
});
