import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { OnApplicationShutdown } from '@nestjs/common';

/** How late the event loop's turns were, and which share of the time it was at work. */
export interface LoopReport {
  p50Ms: number;
  p99Ms: number;
  /** 0–1. */
  utilization: number;
}

const resolutionMs = 20;
const windowMs = 1_000;

/** Watches the event loop of this thread, a second at a time. */
export class LoopDelay implements OnApplicationShutdown {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  #elu: EventLoopUtilization = performance.eventLoopUtilization();
  #last: LoopReport = { p50Ms: 0, p99Ms: 0, utilization: 0 };
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#histogram.enable();
    this.#timer = setInterval(() => this.#turn(), windowMs).unref();
  }

  /** Of the last whole second. */
  get last(): LoopReport {
    return this.#last;
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
    this.#histogram.disable();
  }

  #turn(): void {
    // The histogram holds the time between two of its own timers, which are `resolutionMs` apart when nothing is late.
    const late = (percentile: number) => Math.max(0, this.#histogram.percentile(percentile) / 1e6 - resolutionMs);
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#elu);
    this.#last =
      this.#histogram.count === 0 ? { ...this.#last, utilization } : { p50Ms: late(50), p99Ms: late(99), utilization };
    this.#elu = now;
    this.#histogram.reset();
  }
}
