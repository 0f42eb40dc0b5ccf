import { plainRequest } from '../src/planning/planner/loop-request.js';
import { planLoops } from '../src/planning/planner/plan.js';
import { neverStop } from '../src/planning/planner/stop.js';
import { warmUp } from '../src/planning/planner/threads/warm-up.js';
import { cancellationsMs } from './cancellation.js';
import type { Options } from './planner.bench.js';
import { type BenchRegion, benchRegions } from './regions.js';
import { quantile, spread, table } from './tables.js';

const LENGTHS_KM = [4, 8, 15, 30, 60];
/** Of so many plans of the same request the fastest tells what it takes, the others what else the machine had to do. */
const TIMES = 3;

const quantiles = (ms: number[]): string => [0.5, 0.95, 1].map((share) => quantile(ms, share).toFixed(1)).join(' / ');

/** Milliseconds of one plan. */
function timed({ area }: BenchRegion, start: number, km: number, seed: number): number {
  const begun = performance.now();
  planLoops(area, start, { ...plainRequest(1000 * km), seed }, neverStop());
  return performance.now() - begun;
}

/** How long plans take in one warm thread that does nothing else, and how soon a cancelled one is gone. */
export async function timesBench({ quick, only }: Options): Promise<string> {
  warmUp();
  const sections: string[] = [];
  for (const bench of await benchRegions(only)) {
    const starts = bench.starts.slice(0, quick ? 20 : 100);
    // Warm by requests that are not measured.
    for (const km of LENGTHS_KM) for (const start of bench.starts.slice(-50)) timed(bench, start, km, 1);
    const rows = LENGTHS_KM.map((km) => {
      const rounds = Array.from({ length: TIMES }, () => starts.map((start) => timed(bench, start, km, 0)));
      const least = starts.map((_, i) => Math.min(...rounds.map((round) => round[i]!)));
      return [`${km} km`, quantiles(least), quantiles(rounds.flat())];
    });
    let next = 0;
    const count = quick ? 20 : 300;
    const cancelledMs = await cancellationsMs(
      (stop) => planLoops(bench.area, starts[next++ % starts.length]!, plainRequest(60_000), stop),
      Array.from({ length: count }, (_, i) => 1 + (40 * i) / count),
    );
    sections.push(
      `### ${bench.title}: ${starts.length} trailheads`,
      table(['asked', `fastest of ${TIMES}, p50 / p95 / worst, ms`, 'all, p50 / p95 / worst, ms'], rows),
      `${count} plans of 60 km cancelled from another thread: ended ${spread(cancelledMs, 2)} ms later (p50 / p90 / worst).`,
    );
  }
  return sections.join('\n\n');
}
