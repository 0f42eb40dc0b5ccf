import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { admit, aheadMs } from './admission.js';
import { FairQueue, type Waiting } from './fair-queue.js';

const DEADLINE_MS = 10_000;

interface Offer {
  client: string;
  atMs: number;
  plans: number;
  planMs: number;
}

interface Told extends Offer {
  ended: 'answered' | 'refused' | 'given up';
  endMs: number;
  retryAfterSeconds: number;
}

interface Given extends Waiting {
  told: Told;
  left: number;
  planMs: number;
}

/**
 * What becomes of questions that one thread plans for, by a made-up clock: the rules of the pool without its threads.
 * @param expectedMs what each plan is thought to take
 */
function simulate(offers: Offer[], expectedMs: (offer: Offer) => number, most = 17): Told[] {
  const queue = new FairQueue<Given>();
  const all = offers.map((offer): Told => ({ ...offer, ended: 'refused', endMs: offer.atMs, retryAfterSeconds: 0 }));
  const running: { work: Given; endMs: number }[] = [];
  const goOn = (nowMs: number): void => {
    for (const work of queue.takeHopeless(nowMs)) {
      queue.leave(work.question);
      Object.assign(work.told, { ended: 'given up', endMs: nowMs });
    }
    const work = running.length > 0 ? null : queue.next(nowMs);
    if (!work) return;
    queue.begin(work);
    running.push({ work, endMs: nowMs + work.planMs });
  };
  const endUntil = (nowMs: number): void => {
    while (running.length > 0 && running[0]!.endMs <= nowMs) end(running.shift()!);
  };
  const end = ({ work, endMs }: { work: Given; endMs: number }): void => {
    work.question.serve(work.planMs);
    if (work.left > 1) queue.push({ ...work, left: work.left - 1 });
    else {
      queue.leave(work.question);
      Object.assign(work.told, { ended: 'answered', endMs });
    }
    goOn(endMs);
  };
  for (const told of all) {
    const { atMs: nowMs, plans, planMs, client } = told;
    endUntil(nowMs);
    const costMs = expectedMs(told);
    const question = queue.draft({ client, deadlineMs: nowMs + DEADLINE_MS }, plans * costMs, nowMs);
    told.retryAfterSeconds = admit(question, queue.open, { threads: 1, most, nowMs });
    if (told.retryAfterSeconds > 0) continue;
    queue.enter(question);
    queue.push({ question, costMs, told, left: plans, planMs });
    goOn(nowMs);
  }
  endUntil(Number.POSITIVE_INFINITY);
  return all;
}

/** Questions of six plans from many clients, at times drawn by seed, as many times the capacity of one thread. */
function offered(times: number, clients: number, planMs: number, seconds: number, seed: number): Offer[] {
  const random = randomFrom(seed);
  const perMs = times / (6 * planMs);
  const offers: Offer[] = [];
  for (let atMs = 0; atMs < 1_000 * seconds; atMs += -Math.log(1 - random()) / perMs) {
    const client = `client ${Math.floor(random() * clients)}`;
    offers.push({ client, atMs, plans: 6, planMs: planMs * (0.5 + random()) });
  }
  return offers;
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const countOf = (told: Told[], ended: Told['ended']): number => told.filter((each) => each.ended === ended).length;

describe('when more is asked than can be planned', () => {
  test('of any multiple of the capacity nine tenths of the capacity are answered, and the rest is refused at once', () => {
    const times = fc.constantFrom(1.5, 2, 4, 10, 30);
    fc.assert(
      fc.property(times, fc.constantFrom(1, 50, 500), fc.constantFrom(5, 15, 25), fc.nat(), (n, clients, ms, seed) => {
        const seconds = 20;
        const told = simulate(offered(n, clients, ms, seconds, seed), () => ms);
        expect(countOf(told, 'answered') / seconds).toBeGreaterThan((0.9 * 1_000) / (6 * ms));
        expect(countOf(told, 'given up')).toBeLessThan(0.02 * told.length);
        for (const { ended, retryAfterSeconds } of told) {
          if (ended !== 'refused') continue;
          expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
          expect(retryAfterSeconds).toBeLessThanOrEqual(30);
        }
      }),
      { numRuns: 15 },
    );
  });

  test.each([0.3, 3])('the same when a plan is thought to take %d times what it does', (times) => {
    const told = simulate(offered(10, 50, 15, 60, 7), () => 15 * times);
    expect(countOf(told, 'answered') / 60).toBeGreaterThan((0.9 * 1_000) / (6 * 15));
  });

  test('fifty clients that ask as much are answered as often', () => {
    const told = simulate(offered(10, 50, 5, 60, 3), () => 5);
    const answered = Map.groupBy(
      told.filter(({ ended }) => ended === 'answered'),
      ({ client }) => client,
    );
    const counts = [...answered.values()].map(({ length }) => length);
    expect(counts).toHaveLength(50);
    expect(Math.min(...counts)).toBeGreaterThan(0.7 * Math.max(...counts));
  });

  test('who asks now and then is answered as if it were alone, whatever one other asks', () => {
    const flood = offered(20, 1, 15, 30, 5);
    const rare = Array.from({ length: 30 }, (_, i) => ({ client: 'rare', atMs: 1_000 * i + 1, plans: 6, planMs: 15 }));
    const all = [...flood, ...rare].sort((a, b) => a.atMs - b.atMs);
    const told = simulate(all, () => 15).filter(({ client }) => client === 'rare');
    for (const { ended, atMs, endMs } of told) {
      expect(ended).toBe('answered');
      expect(endMs - atMs).toBeLessThan(3 * 6 * 15);
    }
  });
});

describe('a question', () => {
  const queue = new FairQueue<Waiting>();
  const draft = (client: string, costMs: number, deadlineMs = 10_000) => queue.draft({ client, deadlineMs }, costMs, 0);
  const asking = { threads: 1, most: 17, nowMs: 0 };

  test('is tried with nothing else to do, though it is thought to take too long', () => {
    expect(admit(draft('a', 60_000), queue.open, asking)).toBe(0);
  });

  test('that cannot be answered in its time behind others is refused, a cheap one of another client is not', () => {
    queue.enter(draft('a', 4_000));
    expect(admit(draft('a', 4_000), queue.open, asking)).toBe(4);
    expect(admit(draft('b', 4_000), queue.open, asking)).toBe(4);
    expect(admit(draft('b', 100), queue.open, asking)).toBe(0);
    expect(aheadMs(draft('b', 100), queue.open)).toBe(100);
    expect(admit(draft('b', 100, 300), queue.open, asking)).toBe(1);
  });

  test('is refused behind as many as may wait, however soon they would be done', () => {
    expect(admit(draft('b', 1), queue.open, { ...asking, most: 1 })).toBe(1);
  });
});
