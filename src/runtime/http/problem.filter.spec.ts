import { describe, expect, it } from '@jest/globals';
import { ForbiddenException, NotFoundException } from '@nestjs/common';
import { asProblem } from './problem.filter.js';
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

  it('turns an unknown path into not-found', () => {
    expect(asProblem(new NotFoundException(), '/x', nothingIsUnreachable).type).toBe(notFound);
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
