import { expect, it } from '@jest/globals';
import { Histogram, type Metric, Registry } from 'prom-client';
import { Durations } from './durations.js';

const bounds = [0.1, 0.5, 1];

it('tells the registry the same as prom-client’s own histogram would', async () => {
  const [own, theirs] = [new Registry(), new Registry()];
  const durations = new Durations('seconds', 'Time', bounds);
  own.registerMetric(durations as unknown as Metric);
  const histogram = new Histogram({
    name: 'seconds',
    help: 'Time',
    labelNames: ['route'],
    buckets: bounds,
    registers: [theirs],
  });
  // Below, at and between bounds, and above them all.
  for (const [route, seconds] of [
    ['/a', 0],
    ['/a', 0.1],
    ['/b', 0.3],
    ['/a', 1],
    ['/b', 7],
  ] as const) {
    durations.observe(route, seconds);
    histogram.observe({ route }, seconds);
  }
  const told = async (registry: Registry) =>
    (await registry.getMetricsAsJSON()).map(({ values, ...about }) => ({
      ...about,
      values: (values as { labels: object; value: number; metricName?: string }[]).map(
        ({ labels, value, metricName }) => ({ labels, value, metricName }),
      ),
    }));
  expect(await told(own)).toEqual(await told(theirs));
});
