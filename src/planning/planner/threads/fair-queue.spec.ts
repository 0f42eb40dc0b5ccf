import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue, type Question, type Waiting } from './fair-queue.js';

const asker = (client: string, deadlineMs = Number.POSITIVE_INFINITY) => ({ client, deadlineMs });

function opened(queue: FairQueue<Waiting>, client: string, costMs: number): Question {
  const question = queue.draft(asker(client), costMs, 0);
  queue.enter(question);
  return question;
}

const plan = (question: Question, costMs = 10): Waiting => ({ question, costMs });

/** Makes the next plan, which takes what it was thought to. */
function makeNext(queue: FairQueue<Waiting>): Question | null {
  const work = queue.next(0);
  if (!work) return null;
  queue.begin(work);
  work.question.serve(work.costMs);
  return work.question;
}

describe('whose turn it is', () => {
  test('of one client the question that came first, whatever it costs', () => {
    const queue = new FairQueue<Waiting>();
    const [dear, cheap] = [opened(queue, 'a', 5_000), opened(queue, 'a', 10)];
    queue.push(plan(cheap));
    queue.push(plan(dear));
    expect(queue.next(0)!.question).toBe(dear);
  });

  test('a client that has asked nothing goes before the second question of one that asks much', () => {
    const queue = new FairQueue<Waiting>();
    const many = Array.from({ length: 20 }, () => opened(queue, 'a', 100));
    for (const question of many) queue.push(plan(question, 100));
    expect(makeNext(queue)).toBe(many[0]);
    const other = opened(queue, 'b', 100);
    queue.push(plan(other, 100));
    expect(makeNext(queue)).toBe(other);
    expect(makeNext(queue)).toBe(many[1]);
  });

  test('a usual question that was begun is finished before another is begun', () => {
    const queue = new FairQueue<Waiting>();
    const [one, two] = [opened(queue, 'a', 60), opened(queue, 'b', 60)];
    queue.push(plan(one));
    queue.push(plan(two));
    for (let i = 0; i < 5; i++) {
      expect(makeNext(queue)).toBe(one);
      queue.push(plan(one));
    }
  });

  test('a dear question goes on only while as much was done for the others', () => {
    const queue = new FairQueue<Waiting>();
    const [dear, cheap] = [opened(queue, 'a', 5_000), opened(queue, 'b', 60)];
    queue.push(plan(dear, 500));
    expect(makeNext(queue)).toBe(dear);
    queue.push(plan(dear, 500));
    queue.push(plan(cheap, 60));
    expect(makeNext(queue)).toBe(cheap);
  });

  test('what was let in goes first once half of its time is over, whoever came since', () => {
    const queue = new FairQueue<Waiting>();
    opened(queue, 'a', 1_000);
    const second = queue.draft(asker('a', 10_000), 10, 0);
    queue.enter(second);
    queue.push(plan(opened(queue, 'b', 10)));
    queue.push(plan(second));
    expect(queue.next(4_999)!.question).not.toBe(second);
    expect(queue.next(5_000)!.question).toBe(second);
  });

  test('what can no longer be done in time is taken out, and nothing else', () => {
    const queue = new FairQueue<Waiting>();
    const [late, early] = [1_000, 2_000].map((deadlineMs) => {
      const question = queue.draft(asker('a', deadlineMs), 10, 0);
      queue.enter(question);
      return plan(question, 100);
    });
    queue.push(late!);
    queue.push(early!);
    expect(queue.takeHopeless(900)).toEqual([]);
    expect(queue.takeHopeless(901)).toEqual([late]);
    expect(queue.size).toBe(1);
    expect(queue.remove(late!)).toBe(false);
  });
});

test('clients that have enough to ask have the same done for them, but for one plan each, whatever they ask', () => {
  const costs = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(costs, { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 50, max: 200 }),
      (clients, rounds) => {
        const queue = new FairQueue<Waiting>();
        const done = new Map<string, number>();
        const next = new Map<string, number>();
        const ask = (client: string): void => {
          const its = clients[Number(client)]!;
          const at = next.get(client) ?? 0;
          next.set(client, at + 1);
          const costMs = its[at % its.length]!;
          queue.push(plan(opened(queue, client, costMs), costMs));
        };
        for (const client of clients.keys()) ask(String(client));
        for (let i = 0; i < rounds; i++) {
          const { asker: who, costMs } = makeNext(queue)!;
          done.set(who.client, (done.get(who.client) ?? 0) + costMs);
          // It asks anew before its last question is over, so that it always has one.
          ask(who.client);
        }
        const all = [...clients.keys()].map((client) => done.get(String(client)) ?? 0);
        const dearest = Math.max(...clients.flat());
        // Each has at most begun a question when another's turn comes, and a usual question is not cut up.
        expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(2 * dearest + 400);
      },
    ),
  );
});

test('nothing is remembered of a client once others had as much, or once nobody asks', () => {
  const queue = new FairQueue<Waiting>();
  for (let i = 0; i < 1_000; i++) {
    const question = opened(queue, `client ${i}`, 100);
    queue.push(plan(question, 100));
    makeNext(queue);
    queue.leave(question);
    queue.leave(question);
  }
  expect(queue.clients).toBe(0);
  const [one, two] = [opened(queue, 'a', 100), opened(queue, 'b', 1_000)];
  queue.push(plan(two, 1_000));
  expect(makeNext(queue)).toBe(two);
  queue.leave(two);
  expect(queue.clients).toBe(2);
  expect(queue.draft(asker('c'), 1, 0).startMs).toBeLessThan(queue.draft(asker('b'), 1, 0).startMs);
  queue.leave(one);
  expect(queue.clients).toBe(0);
  expect(queue.draft(asker('c'), 1, 0).startMs).toBe(queue.draft(asker('b'), 1, 0).startMs);
});

test('a client is charged what was done, not what was expected', () => {
  const queue = new FairQueue<Waiting>();
  opened(queue, 'other', 1);
  const short = opened(queue, 'a', 1_000);
  short.serve(10);
  queue.leave(short);
  expect(queue.draft(asker('a'), 1, 0).startMs).toBe(10);
});
