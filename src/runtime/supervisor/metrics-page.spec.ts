import { expect, it } from '@jest/globals';
import { Counter, Histogram, Registry } from 'prom-client';
import { type Metric, metricsPage } from './metrics-page.js';

async function workerMetrics(requests: number): Promise<Metric[]> {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: 'requests_total', help: 'All', labelNames: ['route'], registers }).inc(
    { route: 'a"b' },
    requests,
  );
  new Histogram({ name: 'seconds', help: 'Time', buckets: [1], registers }).observe(0.5);
  return JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()));
}

it('gives each series the slot of its worker, and names each metric once', async () => {
  const workers = new Map([
    [0, await workerMetrics(3)],
    [2, await workerMetrics(4)],
  ]);
  const up = { name: 'worker_up', help: 'Answers', type: 'gauge', values: [{ value: 1, labels: { worker: 0 } }] };
  expect(metricsPage(workers, [up]).split('\n')).toEqual([
    '# HELP worker_up Answers',
    '# TYPE worker_up gauge',
    'worker_up{worker="0"} 1',
    '',
    '# HELP requests_total All',
    '# TYPE requests_total counter',
    'requests_total{worker="0",route="a\\"b"} 3',
    'requests_total{worker="2",route="a\\"b"} 4',
    '',
    '# HELP seconds Time',
    '# TYPE seconds histogram',
    'seconds_bucket{worker="0",le="1"} 1',
    'seconds_bucket{worker="0",le="+Inf"} 1',
    'seconds_sum{worker="0"} 0.5',
    'seconds_count{worker="0"} 1',
    'seconds_bucket{worker="2",le="1"} 1',
    'seconds_bucket{worker="2",le="+Inf"} 1',
    'seconds_sum{worker="2"} 0.5',
    'seconds_count{worker="2"} 1',
    '',
  ]);
});

it('writes what is no number as Prometheus does', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY].map((value) => ({ value }));
  expect(metricsPage(new Map(), [{ name: 'a', help: 'b\nc', type: 'gauge', values: odd }])).toBe(
    '# HELP a b\\nc\n# TYPE a gauge\na NaN\na +Inf\n',
  );
});
