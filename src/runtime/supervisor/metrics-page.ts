/** A metric as prom-client writes it in JSON. */
export interface Metric {
  name: string;
  help: string;
  type: string;
  values: { value: number; labels?: Record<string, string | number>; metricName?: string }[];
}

const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');

function line(name: string, labels: Record<string, string | number>, value: number): string {
  const inside = Object.entries(labels).map(([key, each]) => `${key}="${escaped(String(each))}"`);
  const number = Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return `${name}${inside.length > 0 ? `{${inside.join(',')}}` : ''} ${number}`;
}

/**
 * One page in Prometheus's text format out of many workers' metrics: each series carries the slot of its worker, and
 * Prometheus adds up. A worker that began anew begins at 0, which is what `rate()` expects.
 * @param workers metrics by slot
 * @param own metrics of the whole, without a slot
 */
export function metricsPage(workers: Map<number, Metric[]>, own: Metric[]): string {
  const families = new Map<string, { metric: Metric; lines: string[] }>();
  const add = (metric: Metric, slot?: number) => {
    const family = families.get(metric.name) ?? { metric, lines: [] };
    families.set(metric.name, family);
    for (const { value, labels = {}, metricName } of metric.values) {
      const all = slot === undefined ? labels : { worker: slot, ...labels };
      family.lines.push(line(metricName ?? metric.name, all, value));
    }
  };
  for (const metric of own) add(metric);
  for (const [slot, metrics] of workers) for (const metric of metrics) add(metric, slot);
  return [...families.values()]
    .flatMap(({ metric: { name, help, type }, lines }) => [
      `# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`,
      `# TYPE ${name} ${type}`,
      ...lines,
      '',
    ])
    .join('\n');
}
