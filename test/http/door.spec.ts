import { setTimeout as after } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  NotFoundException,
  Post,
  Req,
  ServiceUnavailableException,
  Sse,
  StandardSchemaValidationPipe,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { interval, map } from 'rxjs';
import request from 'supertest';
import { z } from 'zod';
import { Deadline, jsonBody, requestContext } from '../../src/runtime/door.js';
import { smallApi } from './support/small-api.js';

const title = z.object({ title: z.string().min(1) });

@Controller('notes')
class NotesController {
  @Post()
  make(@Body({ schema: title }) body: z.infer<typeof title>) {
    return body;
  }

  @Get('gone')
  gone() {
    throw new NotFoundException('There is no note 7.');
  }

  @Get('mail')
  mail() {
    throw new ServiceUnavailableException('The mail server is being mended.');
  }

  @Get('listed')
  listed() {
    throw new BadRequestException(['title must be a string', 'title must not be empty']);
  }

  @Get('broken')
  broken() {
    throw new Error('the secret is 42');
  }

  @Post('mine')
  async mine(@Req() request: Request) {
    return { read: await jsonBody(request, 20) };
  }

  @Get('time')
  time() {
    const { deadlineMs } = requestContext.getStore() ?? { deadlineMs: 0 };
    return { leftMs: deadlineMs - performance.now() };
  }

  @Get('more-time')
  @Deadline(30_000)
  moreTime() {
    return this.time();
  }

  @Get('little-time')
  @Deadline(50)
  async littleTime() {
    await after(5_000, null, { signal: requestContext.getStore()?.signal });
  }

  @Sse('events')
  events() {
    return interval(10).pipe(map((n) => ({ data: { n } })));
  }
}

let app: NestExpressApplication;
afterEach(() => app.close());
const http = () => request(app.getHttpServer());

const schemas = (each: NestExpressApplication) => each.useGlobalPipes(new StandardSchemaValidationPipe());
const small = (options: Parameters<typeof smallApi>[1] = {}, env: Record<string, string> = {}) =>
  smallApi([NotesController], options, { MAX_DEADLINE_MS: '30000', ...env }).then((made) => {
    app = made;
  });

describe('an API that writes', () => {
  it('gets its bodies parsed, and no CORS that it has not asked for', async () => {
    await small({ configure: schemas });
    const { body, headers } = await http().post('/notes').send({ title: 'milk' }).expect(201);
    expect(body).toEqual({ title: 'milk' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    await http().options('/notes').set('Origin', 'https://a.example').expect(404);
  });

  it('has CORS of its own, for its own methods', async () => {
    await small({ configure: (each) => each.enableCors({ origin: 'https://a.example', methods: ['PATCH'] }) });
    const { headers } = await http().options('/notes').set('Origin', 'https://a.example').expect(204);
    expect(headers['access-control-allow-methods']).toBe('PATCH');
    expect(headers['x-request-id']).toMatch(/^[\w-]{8,}$/);
  });

  it('keeps the messages of its validation', async () => {
    await small({ configure: schemas });
    const { body } = await http().post('/notes').send({ title: 7 }).expect(400);
    expect(body).toMatchObject({ type: 'about:blank', status: 400, instance: '/notes' });
    expect(body.detail).toMatch(/^title: /);
    expect(body.errors).toEqual([{ detail: body.detail }]);
    const listed = await http().get('/notes/listed').expect(400);
    expect(listed.body.detail).toBe('title must be a string; title must not be empty');
  });

  it('keeps its own words in 404 and 5xx, and nothing of an error that nobody meant', async () => {
    await small();
    expect((await http().get('/notes/gone').expect(404)).body.detail).toBe('There is no note 7.');
    expect((await http().get('/notes/mail').expect(503)).body.detail).toBe('The mail server is being mended.');
    const { body } = await http()
      .get('/notes/broken')
      .expect(500)
      .expect('Content-Type', /^application\/problem\+json/);
    // An id is drawn at random, and may hold it.
    expect(JSON.stringify({ ...body, requestId: '' })).not.toContain('42');
  });

  it('refuses a body that is longer than MAX_BODY_KIB', async () => {
    await small({}, { MAX_BODY_KIB: '1' });
    await http()
      .post('/notes')
      .send({ title: 'x'.repeat(900) })
      .expect(201);
    const { body } = await http()
      .post('/notes')
      .send({ title: 'x'.repeat(1_100) })
      .expect(413);
    expect(body).toMatchObject({ type: 'about:blank', title: 'Payload Too Large', status: 413 });
  });

  it('reads a bounded JSON body where it wants no parser', async () => {
    await small({ nest: { bodyParser: false } });
    const post = (type: string, body: string) => http().post('/notes/mine').set('Content-Type', type).send(body);
    expect((await post('application/json', '{"a":1}').expect(201)).body).toEqual({ read: { a: 1 } });
    await post('application/json', '{"a":').expect(400);
    await post('text/plain', '{}').expect(415);
    await post('application/json', `"${'x'.repeat(30)}"`).expect(413);
  });
});

describe('a deadline of a route', () => {
  it('is the one of all, or its own', async () => {
    await small();
    const left = async (path: string) => (await http().get(path).expect(200)).body.leftMs;
    expect(await left('/notes/time')).toBeLessThanOrEqual(10_000);
    expect(await left('/notes/more-time')).toBeGreaterThan(10_000);
    const { body } = await http().get('/notes/little-time').expect(503);
    expect(body).toMatchObject({ type: '/problems/deadline-exceeded', detail: 'There was no answer within 0.05 s.' });
  });

  it('must not be longer than MAX_DEADLINE_MS, for which a stop waits', async () => {
    await expect(smallApi([NotesController])).rejects.toThrow(
      'MAX_DEADLINE_MS=10000: a route asks for 30000 ms (@Deadline)',
    );
    await small();
  });
});

describe('an address that is none', () => {
  it('is a problem inside of a prefix, and outside of it', async () => {
    await small({ configure: (each) => each.setGlobalPrefix('api') });
    for (const path of ['/api/nothing', '/nothing', '/']) {
      const { body } = await http()
        .get(path)
        .expect(404)
        .expect('Content-Type', /^application\/problem\+json/);
      expect(body).toMatchObject({ type: '/problems/not-found', instance: path });
    }
    await http().get('/api/notes/time').expect(200);
  });

  it('says what a problem means where its type points to', async () => {
    await small({ configure: (each) => each.setGlobalPrefix('api') });
    const { text } = await http()
      .get('/problems/overloaded')
      .expect(200)
      .expect('Content-Type', /^text\/plain/);
    expect(text).toContain('Too much to do at the moment');
    await http().get('/problems/unheard-of').expect(404);
  });
});

it('lets server-sent events go on', async () => {
  await small();
  const address = await app.getUrl();
  const response = await fetch(`${address}/notes/events`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes('"n":3')) text += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
});
