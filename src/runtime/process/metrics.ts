import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { isHealthPath } from '../http/edge.js';
import { InFlight, type OpenRequest } from '../http/in-flight.js';
import { pathOf } from '../http/opened.js';
import { Durations } from './durations.js';
import { LoopDelay } from './loop-delay.js';

/** A number that another part of the worker knows, such as the length of its queue. */
export interface OwnGauge {
  /** As Prometheus wants it: lower case, with underscores. */
  name: string;
  help: string;
  read(): number;
}

const windowMs = 10_000;

/** What this worker counts. One registry each, because a test may have two workers in one process. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #seconds = new Durations(
    'http_request_duration_seconds',
    'From the first byte of a request to the last of its answer',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  readonly #shed: Counter;
  readonly #own: OwnGauge[] = [];
  readonly #recent: RecordableHistogram = createHistogram();
  readonly #timer: NodeJS.Timeout;
  #p99Ms = 0;

  constructor(inFlight: InFlight, loop: LoopDelay) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Counter({
      name: 'http_requests_total',
      help: 'Requests answered; 499 is a client that went away',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.registry.registerMetric(this.#seconds as unknown as Metric);
    this.#shed = new Counter({ name: 'http_requests_shed_total', help: 'Requests refused at once', registers });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge('http_requests_in_flight', 'Requests being answered', () => inFlight.count);
    gauge('event_loop_delay_p99_seconds', 'How late turns were, over a second', () => loop.last.p99Ms / 1_000);
    gauge('event_loop_utilization', 'Share of the last second at work', () => loop.last.utilization);
    this.gauge = (own) => {
      this.#own.push(own);
      gauge(own.name, own.help, own.read);
    };
    this.#timer = setInterval(() => {
      this.#p99Ms = this.#recent.count === 0 ? 0 : this.#recent.percentile(99) / 1_000;
      this.#recent.reset();
    }, windowMs).unref();
  }

  /** Adds a number of another part to the page and to the worker's report. */
  readonly gauge: (own: OwnGauge) => void;

  /** The gauges of other parts, by name. */
  get own(): Record<string, number> {
    return Object.fromEntries(this.#own.map(({ name, read }) => [name, read()]));
  }

  /** Of the last whole ten seconds. */
  get p99Ms(): number {
    return this.#p99Ms;
  }

  observe({ method, url, response, shed }: OpenRequest, status: number, durationMs: number): void {
    // Express names the route that matched; a label must not be as varied as what clients invent.
    const matched = (response.req as { route?: { path?: string } }).route?.path;
    const path = pathOf(url);
    const route = matched ?? (isHealthPath(path) ? path : 'none');
    this.#requests.inc({ method, route, status });
    if (shed) {
      this.#shed.inc();
      return;
    }
    this.#seconds.observe(route, durationMs / 1_000);
    this.#recent.record(Math.max(1, Math.round(durationMs * 1_000)));
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }
}
