import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Machine, workerCount } from './worker-count.js';

const GIB = 2 ** 30;
const machine = (part: Partial<Machine>): Machine => ({
  processors: 8,
  cpuQuota: null,
  memoryBytes: 32 * GIB,
  ...part,
});
const free = { workers: undefined, besideMib: 128 };

describe('workerCount', () => {
  it.each([
    ['one for each processor', machine({}), free, 8, '8 processors are there'],
    ['no more than the CPU quota', machine({ cpuQuota: 2 }), free, 2, 'the CPU quota is 2'],
    ['a part of a processor counts as one', machine({ cpuQuota: 1.5 }), free, 2, 'the CPU quota is 1.5'],
    ['half a processor is one worker', machine({ cpuQuota: 0.5 }), free, 1, 'the CPU quota is 0.5'],
    ['a quota above the processors says nothing', machine({ cpuQuota: 16 }), free, 8, '8 processors are there'],
    ['no more than the memory holds', machine({ memoryBytes: GIB }), free, 2, 'the memory of 1024 MiB holds no more'],
    ['one, however little memory', machine({ memoryBytes: GIB / 8 }), free, 1, 'the memory of 128 MiB'],
    ['what WEB_CONCURRENCY says', machine({ cpuQuota: 1 }), { ...free, workers: 12 }, 12, 'WEB_CONCURRENCY says so'],
  ])('%s', (_, where, wishes, workers, reason) => {
    const size = workerCount(where, wishes);
    expect(size.workers).toBe(workers);
    expect(size.reason).toContain(reason);
  });

  it('says how many processors there are for each', () => {
    expect(workerCount(machine({}), { ...free, workers: 2 }).processorsEach).toBe(4);
    expect(workerCount(machine({}), { ...free, workers: 3 }).processorsEach).toBe(2);
    expect(workerCount(machine({}), free).processorsEach).toBe(1);
    expect(workerCount(machine({}), { ...free, workers: 12 }).processorsEach).toBe(1);
  });

  it('leaves room for what the application holds beside the heap', () => {
    const where = machine({ memoryBytes: GIB });
    expect(workerCount(where, { ...free, besideMib: 0 }).workers).toBe(3);
    expect(workerCount(where, { ...free, besideMib: 500 }).workers).toBe(1);
  });

  it('never promises more memory than there is, from 640 MiB up', () => {
    const anywhere = fc.record({
      processors: fc.integer({ min: 1, max: 128 }),
      cpuQuota: fc.option(fc.double({ min: 0.01, max: 200, noNaN: true })),
      memoryBytes: fc.integer({ min: 640 * 2 ** 20, max: 256 * GIB }),
    });
    fc.assert(
      fc.property(anywhere, (where) => {
        const { workers, heapMib, processorsEach } = workerCount(where, free);
        expect(workers).toBeGreaterThanOrEqual(1);
        expect(workers).toBeLessThanOrEqual(where.processors);
        expect(processorsEach).toBeGreaterThanOrEqual(1);
        expect(workers * (heapMib + 120 + 128) + 160).toBeLessThanOrEqual(where.memoryBytes / 2 ** 20);
      }),
    );
  });
});
