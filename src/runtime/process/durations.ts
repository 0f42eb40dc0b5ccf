interface Series {
  /** How many were no longer than each bound, and longer than the one before it. */
  counts: number[];
  count: number;
  sumSeconds: number;
}

interface Value {
  labels: Record<string, string | number>;
  value: number;
  metricName: string;
}

/**
 * A histogram of durations by route, for prom-client's registry. Its own makes a text of the labels for every
 * observation; here a route is looked up, and the rest is three additions.
 */
export class Durations {
  readonly type = 'histogram';
  readonly #byRoute = new Map<string, Series>();

  /** @param bounds seconds, growing; what is longer than all of them counts as +Inf alone */
  constructor(
    readonly name: string,
    readonly help: string,
    private readonly bounds: number[],
  ) {}

  observe(route: string, seconds: number): void {
    let series = this.#byRoute.get(route);
    if (!series) {
      series = { counts: this.bounds.map(() => 0), count: 0, sumSeconds: 0 };
      this.#byRoute.set(route, series);
    }
    series.count++;
    series.sumSeconds += seconds;
    const { bounds } = this;
    for (let i = 0; i < bounds.length; i++) {
      if (seconds > (bounds[i] as number)) continue;
      (series.counts[i] as number)++;
      return;
    }
  }

  /** @returns as prom-client's own metrics tell of themselves: each bucket holds all that are no longer than its bound */
  async get() {
    const { name, help, type } = this;
    const values: Value[] = [];
    for (const [route, { counts, count, sumSeconds }] of this.#byRoute) {
      let within = 0;
      for (const [i, le] of this.bounds.entries()) {
        within += counts[i] as number;
        values.push({ labels: { le, route }, value: within, metricName: `${name}_bucket` });
      }
      values.push({ labels: { le: '+Inf', route }, value: count, metricName: `${name}_bucket` });
      values.push({ labels: { route }, value: sumSeconds, metricName: `${name}_sum` });
      values.push({ labels: { route }, value: count, metricName: `${name}_count` });
    }
    return { name, help, type, values, aggregator: 'sum' };
  }
}
