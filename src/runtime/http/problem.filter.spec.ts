import { describe, expect, it, jest } from '@jest/globals';
import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { asProblem, ProblemFilter } from './problem.filter.js';
import { internalError, notFound, overloaded, Problem, unavailable } from './problem.js';

const nothingIsUnreachable = () => false;

describe('asProblem', () => {
  it('leaves a problem as it is', () => {
    const problem = new Problem(overloaded, 'later');
    expect(asProblem(problem, '/', nothingIsUnreachable)).toBe(problem);
  });

  it('says 503 and when to try again about a part that cannot be reached', () => {
    const problem = asProblem(new Error('ECONNREFUSED 10.0.0.1'), '/', () => true);
    expect(problem.type).toBe(unavailable);
    expect(problem.headers).toEqual({ 'Retry-After': '2' });
    expect(problem.message).not.toContain('10.0.0.1');
  });

  it('keeps the server’s own mistakes to itself', () => {
    const problem = asProblem(new Error('the secret is 42'), '/', nothingIsUnreachable);
    expect(problem.type).toBe(internalError);
    expect(problem.message).not.toContain('42');
  });

  it('names the part, when the application does', () => {
    const detail = (part: boolean | string) => asProblem(new Error('ECONNREFUSED'), '/', () => part).message;
    expect(detail(true)).toBe('A part that the answer needs cannot be reached at the moment.');
    expect(detail('mail server')).toBe('The mail server cannot be reached at the moment.');
  });

  it.each([new NotFoundException(), new NotFoundException('Cannot GET /x?y=1')])(
    'turns an unknown path into not-found',
    (error) => {
      expect(asProblem(error, '/x', nothingIsUnreachable).type).toBe(notFound);
    },
  );

  it.each([
    [new NotFoundException('no todo 7'), { status: 404, title: 'Not Found' }, 'no todo 7'],
    [new HttpException('brewing', 418), { status: 418, title: "I'm a Teapot" }, 'brewing'],
    [new ServiceUnavailableException('the mail is down'), { status: 503 }, 'the mail is down'],
    [new InternalServerErrorException('the disk is full'), { status: 500 }, 'the disk is full'],
  ])('keeps the application’s own words: %s', (error, type, detail) => {
    const problem = asProblem(error, '/', nothingIsUnreachable);
    expect(problem.type).toMatchObject(type);
    expect(problem.message).toBe(detail);
  });

  it('keeps every message of a validation', () => {
    const problem = asProblem(new BadRequestException(['title must be a string', 'done: Required']), '/', () => false);
    expect(problem.type).toMatchObject({ status: 400, title: 'Bad Request' });
    expect(problem.message).toBe('title must be a string; done: Required');
    expect(problem.members.errors).toEqual([{ detail: 'title must be a string' }, { detail: 'done: Required' }]);
  });

  it('keeps the members of an object that was thrown', () => {
    const problem = asProblem(new ForbiddenException({ message: 'no', plan: 'free' }), '/', nothingIsUnreachable);
    expect(problem).toMatchObject({ message: 'no', members: { plan: 'free' }, type: { status: 403 } });
  });

  it.each([
    [new ForbiddenException('no'), 403],
    [Object.assign(new URIError('Failed to decode param'), { status: 400 }), 400],
    [Object.assign(new Error('too large'), { statusCode: 413 }), 413],
  ])('keeps the status of %s', (error, status) => {
    expect(asProblem(error, '/', nothingIsUnreachable).type).toMatchObject({ slug: 'about:blank', status });
  });

  it.each([null, undefined, 'text', { status: 302 }])('treats %j thrown as the server’s own mistake', (thrown) => {
    expect(asProblem(thrown, '/', nothingIsUnreachable).type).toBe(internalError);
  });
});

describe('ProblemFilter', () => {
  /** What it logs about an error, by level. */
  function logged(error: unknown): [level: string, fields: unknown][] {
    const lines: [string, unknown][] = [];
    const log = {
      error: (fields: unknown) => lines.push(['error', fields]),
      warn: (f: unknown) => lines.push(['warn', f]),
    };
    const response = { headersSent: true, destroy: jest.fn() };
    const host = { switchToHttp: () => ({ getRequest: () => ({ originalUrl: '/' }), getResponse: () => response }) };
    new ProblemFilter(log as never, nothingIsUnreachable).catch(error, host as never);
    return lines;
  }

  it('leaves a refusal to the line of its request, without a stack', () => {
    expect(logged(new Problem(overloaded, 'later', {}, { 'Retry-After': '1' }))).toEqual([]);
  });

  it('logs a mistake with its stack', () => {
    const mistake = new Error('a mistake');
    expect(logged(mistake)).toEqual([['error', expect.objectContaining({ err: mistake })]]);
  });
});
