import { expect, it } from '@jest/globals';
import type { Sighting } from './ask-worker.js';
import { statusTable } from './status-table.js';

const worker = (part: Partial<Sighting>): Sighting => ({
  socket: { path: '', slot: 0, worker: 1 },
  slot: 0,
  worker: 1,
  pmId: 0,
  pid: 1,
  stage: 'ready',
  ready: true,
  uptimeSeconds: 90,
  requests: 150,
  inFlight: 2,
  p99Ms: 12.34,
  loop: { p50Ms: 0, p99Ms: 1.26, utilization: 0.5 },
  heapBytes: 0,
  rssBytes: 200 * 2 ** 20,
  gauges: {},
  build: '',
  ...part,
});

it('shows each worker with what it does a second', () => {
  const table = statusTable({ before: new Map([[1, 100]]), now: [worker({})], seconds: 2 });
  expect(
    table
      .split('\n')[1]
      .trim()
      .split(/\s{2,}/),
  ).toEqual(['0', '1', '0', 'ready', '90 s', '25.0', '2', '12.3', '1.3', '200']);
});

it('has no rate for a worker that is new, and tells one that is not ready', () => {
  const table = statusTable({ before: new Map(), now: [worker({ ready: false, uptimeSeconds: 9_000 })], seconds: 2 });
  expect(table).toContain('unready');
  expect(table).toContain('3 h');
  expect(table).toContain('–');
});
