import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { CANCELLED, GO_ON, OTHERS_WAIT, OUT_OF_TIME } from '../stop.js';
import { NOBODY, Question } from './fair-queue.js';
import { type Done, Lane, STUCK_MS, type Work } from './lane.js';
import { BEGUN, type GivenTask, newFlag } from './tasks.js';

afterEach(() => {
  jest.useRealTimers();
});

function workOf(fuseMs = 10_000): Work & { done: Promise<Done>; state: () => number } {
  const { promise, resolve, reject } = Promise.withResolvers<Done>();
  promise.catch(() => {});
  const stop = newFlag();
  const question = new Question(NOBODY, 0, 10);
  const state = (): number => Atomics.load(stop, 0);
  return { task: { kind: 'check', stop }, question, costMs: 10, fuseMs, resolve, reject, done: promise, state };
}

/** A lane whose thread is played by the test. */
function laneWith(first: Work) {
  const { promise, resolve: end, reject: fail } = Promise.withResolvers<unknown>();
  const changes: { isFree: boolean; left: Work[] }[] = [];
  let others!: MessagePort;
  let signal!: AbortSignal;
  const lane = new Lane(
    first,
    (_task, port, killed) => {
      others = port;
      signal = killed;
      killed.addEventListener('abort', () => fail(new Error('killed')));
      return promise;
    },
    (isFree, left) => void changes.push({ isFree, left }),
  );
  const given = async (): Promise<GivenTask> => {
    const [message] = await EventEmitter.once(others as unknown as EventEmitter, 'message');
    return message as GivenTask;
  };
  return { lane, end, changes, given, others, signal: () => signal };
}

describe('a thread at work', () => {
  test('is asked to do other work first, answers that, and then goes on', async () => {
    const [under, over] = [workOf(), workOf()];
    const { lane, end, changes, given, others } = laneWith(under);
    expect(lane.top!.work).toBe(under);
    const message = given();
    lane.interrupt(over);
    expect(under.state()).toBe(OTHERS_WAIT);
    expect([lane.depth, lane.top!.work]).toEqual([2, over]);
    const { number } = await message;
    others.postMessage({ number, made: 'over' });
    expect((await over.done).made).toBe('over');
    expect([lane.depth, lane.top!.work]).toEqual([1, under]);
    expect(changes).toEqual([{ isFree: false, left: [] }]);
    end('under');
    expect((await under.done).made).toBe('under');
    expect([lane.depth, changes.at(-1)]).toEqual([0, { isFree: true, left: [] }]);
  });

  test('charges each question the time of its own work, and none that it was kept waiting', async () => {
    const [under, over] = [workOf(), workOf()];
    const { lane, end, given, others } = laneWith(under);
    const message = given();
    lane.interrupt(over);
    const { number } = await message;
    const begun = performance.now();
    while (performance.now() - begun < 30);
    others.postMessage({ number, made: null });
    await over.done;
    end(null);
    const { ranMs } = await under.done;
    expect(over.question.servedMs).toBeGreaterThanOrEqual(30);
    expect(under.question.servedMs).toBe(ranMs);
    expect(ranMs).toBeLessThan(performance.now() - begun - 25);
  });

  test('gives back what it was given and has not begun when it ends', async () => {
    const [under, over] = [workOf(), workOf()];
    const { lane, end, changes } = laneWith(under);
    lane.interrupt(over);
    end('under');
    await under.done;
    expect(changes).toEqual([{ isFree: true, left: [over] }]);
    expect([lane.depth, over.state(), over.question.servedMs]).toEqual([0, GO_ON, 0]);
  });

  test('that is told that nobody waits, or that time is up, and does not heed it, is ended', async () => {
    jest.useFakeTimers();
    const [cancelled, late] = [workOf(), workOf(100)];
    const one = laneWith(cancelled);
    expect(one.lane.cancel(cancelled)).toBe(true);
    expect(one.lane.cancel(late)).toBe(false);
    expect(cancelled.state()).toBe(CANCELLED);
    const two = laneWith(late);
    jest.advanceTimersByTime(100);
    expect([late.state(), two.signal().aborted]).toEqual([OUT_OF_TIME, false]);
    jest.advanceTimersByTime(STUCK_MS);
    expect([one.signal().aborted, two.signal().aborted]).toEqual([true, true]);
    await expect(late.done).rejects.toThrow('killed');
  });

  test('that is ended takes what it has begun with it, and not what it has not', async () => {
    const [under, begun, waiting] = [workOf(), workOf(), workOf()];
    const { lane, changes, signal } = laneWith(under);
    lane.interrupt(begun);
    Atomics.store(begun.task.stop, BEGUN, 1);
    lane.interrupt(waiting);
    jest.useFakeTimers();
    lane.cancel(waiting);
    jest.advanceTimersByTime(STUCK_MS);
    expect(signal().aborted).toBe(true);
    await expect(begun.done).rejects.toThrow('killed');
    await expect(under.done).rejects.toThrow('killed');
    expect(changes.at(-1)).toEqual({ isFree: true, left: [waiting] });
  });
});
