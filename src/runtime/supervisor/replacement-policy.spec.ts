import { describe, expect, it, test } from '@jest/globals';
import { judge, leftOver, type Newcomer } from './replacement-policy.js';

const patience = { readyLimitMs: 30_000, calmMs: 5_000 };
const newcomer = (part: Partial<Newcomer>): Newcomer => ({
  ageMs: 1_000,
  status: 'online',
  restarts: 0,
  readyForMs: null,
  ...part,
});

describe('judge', () => {
  it.each([
    ['waits for one that is starting', { status: 'launching' }, 'wait'],
    ['waits until it has been ready for a while', { readyForMs: 4_999 }, 'wait'],
    ['accepts one that has been ready for a while', { readyForMs: 5_000 }, 'accept'],
    ['rejects one that is never ready', { ageMs: 30_000 }, 'reject'],
    ['rejects one that stops being ready', { ageMs: 31_000, readyForMs: 4_000 }, 'reject'],
    ['rejects one that ended and was started again', { restarts: 1, readyForMs: 9_000 }, 'reject'],
    ['rejects one that waits to be started again', { status: 'waiting restart' }, 'reject'],
    ['rejects one that PM2 gave up', { status: 'errored' }, 'reject'],
    ['rejects one that is no longer there', { status: null }, 'reject'],
  ])('%s', (_, part, step) => {
    expect(judge(newcomer(part), patience).step).toBe(step);
  });
});

test('says of one that ended the same before and after it was started again', () => {
  const reason = 'it ended after its start';
  expect(judge(newcomer({ status: 'waiting restart' }), patience)).toEqual({ step: 'reject', reason });
  expect(judge(newcomer({ restarts: 1 }), patience)).toEqual({ step: 'reject', reason });
});

describe('leftOver', () => {
  const online = (pmId: number) => ({ pmId, status: 'online' });

  it('takes the newcomer back while the old worker is at work', () => {
    expect(leftOver({ oldId: 0, newId: 5 }, [online(0), online(1), online(5)])).toBe(5);
  });

  it('leaves the newcomer when the old worker is on its way out, or gone', () => {
    expect(leftOver({ oldId: 0, newId: 5 }, [{ pmId: 0, status: 'stopping' }, online(5)])).toBeNull();
    expect(leftOver({ oldId: 0, newId: 5 }, [online(1), online(5)])).toBeNull();
  });

  it('has nothing to do when there is no newcomer', () => {
    expect(leftOver({ oldId: 0, newId: null }, [online(0)])).toBeNull();
    expect(leftOver({ oldId: 0, newId: 5 }, [online(0)])).toBeNull();
  });
});
