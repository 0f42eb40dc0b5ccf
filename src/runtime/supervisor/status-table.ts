import type { Sighting } from './ask-worker.js';

/** Two looks at the workers, some time apart: what happened in between is a rate. */
export interface Looks {
  before: Map<number, number>;
  now: Sighting[];
  seconds: number;
}

const MIB = 2 ** 20;
const columns = [
  'slot',
  'worker',
  'pm2 id',
  'state',
  'uptime',
  'req/s',
  'in flight',
  'p99 ms',
  'loop p99 ms',
  'RSS MiB',
];

function age(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** The workers as a table of text; what `before` does not know by its worker id has no rate yet. */
export function statusTable({ before, now, seconds }: Looks): string {
  const rows = now.map((worker) => {
    const past = before.get(worker.worker);
    return [
      worker.slot,
      worker.worker,
      worker.pmId,
      worker.stage === 'ready' && !worker.ready ? 'unready' : worker.stage,
      age(worker.uptimeSeconds),
      past === undefined ? '–' : ((worker.requests - past) / seconds).toFixed(1),
      worker.inFlight,
      worker.p99Ms.toFixed(1),
      worker.loop.p99Ms.toFixed(1),
      Math.round(worker.rssBytes / MIB),
    ].map(String);
  });
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  return [columns, ...rows].map((row) => row.map((cell, i) => cell.padStart(widths[i])).join('  ')).join('\n');
}
