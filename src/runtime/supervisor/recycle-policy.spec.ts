import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jitter, nextDue, type Recyclable } from './recycle-policy.js';

const worker = (part: Partial<Recyclable>): Recyclable => ({
  pmId: 0,
  worker: 1,
  ready: true,
  requests: 0,
  uptimeSeconds: 0,
  rssBytes: 0,
  ...part,
});

describe('nextDue', () => {
  it.each([
    [{ requests: 1_200 }, { maxRequests: 1_000 }, { cause: 'recycle', reason: 'MAX_REQUESTS: 1200 of 1000' }],
    [{ uptimeSeconds: 72 }, { maxLifetimeSeconds: 60 }, { cause: 'recycle', reason: 'MAX_LIFETIME: 72 of 60' }],
    [{ rssBytes: 500 }, { maxRssBytes: 500 }, { cause: 'memory', reason: 'MAX_RSS: 500 of 500' }],
  ])('%j is due under %j', (part, limits, due) => {
    expect(nextDue([worker(part)], 1, limits)).toEqual({ pmId: 0, ...due });
  });

  it('finds none due under its limit, or without limits', () => {
    const busy = worker({ requests: 999, uptimeSeconds: 1e9, rssBytes: 1e12 });
    expect(nextDue([busy], 1, { maxRequests: 1_000 })).toBeNull();
    expect(nextDue([busy], 1, {})).toBeNull();
  });

  it('takes the worker that is furthest beyond its limit', () => {
    const workers = [worker({ pmId: 0, requests: 3_000 }), worker({ pmId: 1, requests: 9_000 }), worker({ pmId: 2 })];
    expect(nextDue(workers, 3, { maxRequests: 1_000 })?.pmId).toBe(1);
  });

  it('waits while a worker is missing', () => {
    const due = worker({ requests: 5_000 });
    expect(nextDue([due, worker({ ready: false })], 2, { maxRequests: 1_000 })).toBeNull();
    expect(nextDue([due], 2, { maxRequests: 1_000 })).toBeNull();
  });

  it('does not let workers that began together be due together', () => {
    const dueAt = (id: number) => {
      let requests = 0;
      while (!nextDue([worker({ worker: id, requests })], 1, { maxRequests: 1_000 })) requests++;
      return requests;
    };
    const all = [1, 2, 3, 4, 5, 6, 7, 8].map(dueAt);
    expect(new Set(all).size).toBe(8);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...all)).toBeLessThanOrEqual(1_200);
  });

  it('never names a worker that is within its limits', () => {
    const any = fc.record({
      pmId: fc.nat(),
      worker: fc.nat(10_000),
      ready: fc.boolean(),
      requests: fc.nat(5_000),
      uptimeSeconds: fc.nat(100),
      rssBytes: fc.nat(1_000),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(any, { selector: (each) => each.pmId, maxLength: 8 }),
        fc.nat(8),
        (workers, wanted) => {
          const due = nextDue(workers, wanted, { maxRequests: 2_000, maxRssBytes: 800 });
          const named = workers.find(({ pmId }) => pmId === due?.pmId);
          if (named) expect(named.requests >= 2_000 || named.rssBytes >= 640).toBe(true);
          if (due) expect(workers.filter(({ ready }) => ready).length).toBeGreaterThanOrEqual(wanted);
        },
      ),
    );
  });
});

it('jitter lies between 0 and 1', () => {
  fc.assert(
    fc.property(fc.nat(), (id) => {
      expect(jitter(id)).toBeGreaterThanOrEqual(0);
      expect(jitter(id)).toBeLessThan(1);
    }),
  );
});
