import { isTrail, KINDS } from '../src/planning/network/network.js';
import { type Loop, type LoopRequest, plainRequest } from '../src/planning/planner/loop-request.js';
import { planLoops } from '../src/planning/planner/plan.js';
import { neverStop } from '../src/planning/planner/stop.js';
import { warmUp } from '../src/planning/planner/threads/warm-up.js';
import { walkGeometry } from '../src/planning/planner/walk/walk.js';
import { LONG_APPROACH_SHARE, SCORE } from '../src/planning/planner/weights.js';
import { BeelineVia } from './beeline-via.js';
import { Checker, type Position, sharedOf, type Verdict } from './checker.js';
import { type Proof, prove } from './prove.js';
import { type BenchRegion, benchRegions, randomFrom } from './regions.js';
import { quantile, spread, table } from './tables.js';

export interface Options {
  quick: boolean;
  /** Part of a region's title, to measure that one alone. */
  only: string | undefined;
}

const LENGTHS_KM = [4, 8, 15, 30, 60];
const ASCENT_WINDOWS = [
  [200, 400],
  [400, 600],
  [600, 800],
  [800, 1_000],
  [1_000, 1_300],
  [1_300, 1_600],
];

/** Coordinates as an answer has them. */
function toPositions(coordinates: Float64Array): Position[] {
  const positions: Position[] = [];
  for (let i = 0; i < coordinates.length; i += 3) positions.push([...coordinates.subarray(i, i + 3)]);
  return positions;
}

const positionsOf = (loop: Loop): Position[] => toPositions(loop.coordinates);

/** The score but for what a long approach costs. */
const scoreBesideApproach = ({ score, approachPercent }: Verdict): number =>
  approachPercent > 100 * LONG_APPROACH_SHARE ? score - SCORE.longApproach : score;

interface Planned {
  verdicts: Verdict[];
  wallMs: number;
  cpuMs: number;
  miss: string | null;
}

class RegionBench {
  readonly checker: Checker;
  readonly #beeline: BeelineVia;

  constructor(
    readonly bench: BenchRegion,
    readonly starts: number[],
  ) {
    const { network } = bench.region;
    this.checker = new Checker(
      network,
      KINDS.map((_, kind) => kind).filter((kind) => isTrail(kind)),
    );
    const lengths = Array.from({ length: network.segmentCount }, (_, s) => this.checker.segmentMeters(s));
    this.#beeline = new BeelineVia(network, lengths, (segment) => isTrail(network.kind[segment]));
  }

  #startOf(junction: number) {
    const { junctionLonE7, junctionLatE7 } = this.bench.region.network;
    return { junction, lon: junctionLonE7[junction] / 1e7, lat: junctionLatE7[junction] / 1e7 };
  }

  judge(positions: Position[], junction: number, asked: LoopRequest): Verdict {
    return this.checker.judge(positions, this.#startOf(junction), asked);
  }

  plan(junction: number, asked: LoopRequest): Planned {
    const cpu = process.threadCpuUsage();
    const begun = performance.now();
    const plan = planLoops(this.bench.area, junction, asked, neverStop());
    const wallMs = performance.now() - begun;
    const { user, system } = process.threadCpuUsage(cpu);
    return {
      verdicts: plan.loops.map((loop) => this.judge(positionsOf(loop), junction, asked)),
      wallMs,
      cpuMs: (user + system) / 1000,
      miss: plan.miss?.reason ?? null,
    };
  }

  /** The best of many plans, each with another seed, for so many seconds or until one is good enough. */
  search(junction: number, asked: LoopRequest, seconds: number, isEnough?: (verdict: Verdict) => boolean): Verdict[] {
    const found: Verdict[] = [];
    const until = performance.now() + 1000 * seconds;
    for (let seed = 0; performance.now() < until; seed++) {
      const { loops } = planLoops(this.bench.area, junction, { ...asked, count: 10, seed }, neverStop());
      for (const loop of loops) found.push(this.judge(positionsOf(loop), junction, asked));
      if ((loops.length === 0 && seed > 20) || (isEnough && found.some(isEnough))) break;
    }
    return found.sort((a, b) => a.score - b.score);
  }

  /** Whether any walk beats this one in score, with no more approach (a fifth is never too much). */
  prove(junction: number, asked: LoopRequest, best: Verdict): Proof {
    const { area } = this.bench;
    const mostApproach = Math.max(0.2, best.approachPercent / 100 + 0.001);
    return prove(area, junction, asked, { score: scoreBesideApproach(best), mostApproach }, (steps) => {
      const verdict = this.judge(toPositions(walkGeometry(area, steps).coordinates), junction, asked);
      return verdict.approachPercent <= 100 * mostApproach ? scoreBesideApproach(verdict) : Number.POSITIVE_INFINITY;
    });
  }

  /** GraphHopper's round trip, the best of some seeds by length. */
  beeline(junction: number, asked: LoopRequest, seeds: number): Verdict | null {
    let best: Verdict | null = null;
    for (let seed = 0; seed < seeds; seed++) {
      const halves = this.#beeline.plan(junction, asked.lengthMeters, randomFrom(1000 * junction + seed));
      if (!halves) continue;
      const { pointOffset, pointLonE7, pointLatE7 } = this.bench.region.network;
      const positions: Position[] = [];
      for (const half of halves) {
        const course: Position[] = [];
        for (let p = pointOffset[half >> 1]; p < pointOffset[(half >> 1) + 1]; p++) {
          course.push([pointLonE7[p] / 1e7, pointLatE7[p] / 1e7]);
        }
        if (half & 1) course.reverse();
        positions.push(...course.slice(positions.length > 0 ? 1 : 0));
      }
      const verdict = this.judge(positions, junction, asked);
      if (!best || verdict.lengthErrorPercent < best.lengthErrorPercent) best = verdict;
    }
    return best;
  }
}

function lengthsSection(region: RegionBench): string {
  const rows: string[][] = [];
  const faults: string[] = [];
  for (const km of LENGTHS_KM) {
    const asked = plainRequest(1000 * km);
    const plans = region.starts.map((start) => region.plan(start, asked));
    const found = plans.filter(({ verdicts }) => verdicts.length > 0);
    const best = found.map(({ verdicts }) => verdicts[0]);
    for (const { verdicts } of found) faults.push(...verdicts.flatMap((verdict) => verdict.faults));
    const varied = found.filter(({ verdicts }) => {
      const good = verdicts.filter(({ lengthErrorPercent }) => lengthErrorPercent < 2);
      return good.length >= 3 && good.every((one, i) => good.slice(i + 1).every((other) => sharedOf(one, other) < 0.5));
    });
    const misses = plans.filter(({ miss }) => miss !== null).map(({ miss }) => miss);
    rows.push([
      `${km} km`,
      `${found.length} of ${plans.length}`,
      spread(
        best.map(({ lengthErrorPercent }) => lengthErrorPercent),
        2,
      ),
      spread(
        best.map(({ overlapPercent }) => overlapPercent),
        2,
      ),
      spread(
        best.map(({ approachPercent }) => approachPercent),
        1,
      ),
      `${quantile(
        best.map(({ trailPercent }) => trailPercent),
        0.1,
      ).toFixed(0)} / ${quantile(
        best.map(({ trailPercent }) => trailPercent),
        0.5,
      ).toFixed(0)}`,
      `${quantile(
        best.map(({ roundness }) => roundness),
        0.5,
      ).toFixed(2)}`,
      `${best.reduce((sum, { spurs }) => sum + spurs, 0)}`,
      `${varied.length}`,
      [0.5, 0.95, 1]
        .map((share) =>
          quantile(
            plans.map(({ wallMs }) => wallMs),
            share,
          ).toFixed(1),
        )
        .join(' / '),
      [0.5, 0.95]
        .map((share) =>
          quantile(
            plans.map(({ cpuMs }) => cpuMs),
            share,
          ).toFixed(1),
        )
        .join(' / '),
      [...new Set(misses)].map((miss) => `${misses.filter((each) => each === miss).length} ${miss}`).join(', ') || '–',
    ]);
  }
  // In CI that is what the bench is run for.
  if (faults.length > 0) process.exitCode = 1;
  return [
    table(
      [
        'asked',
        'answered',
        'length error p50 / p90 / worst %',
        'overlap p50 / p90 / worst %',
        'approach p50 / p90 / worst %',
        'trail p10 / p50 %',
        'roundness p50',
        'spurs',
        '≥ 3 alternatives',
        'ms p50 / p95 / worst',
        'CPU ms p50 / p95',
        'refused',
      ],
      rows,
    ),
    faults.length > 0 ? `Faults: ${faults.slice(0, 5).join('; ')} (${faults.length} in all).` : 'No loop had a fault.',
  ].join('\n\n');
}

function beelineSection(region: RegionBench, count: number): string {
  const rows = LENGTHS_KM.flatMap((km) =>
    [1, 8].map((seeds) => {
      const asked = plainRequest(1000 * km);
      const found = region.starts
        .slice(0, count)
        .map((start) => region.beeline(start, asked, seeds))
        .filter((verdict) => verdict !== null);
      return [
        `${km} km`,
        seeds === 1 ? 'one seed' : `best of ${seeds}`,
        spread(
          found.map(({ lengthErrorPercent }) => lengthErrorPercent),
          1,
        ),
        spread(
          found.map(({ overlapPercent }) => overlapPercent),
          1,
        ),
        `${found.reduce((sum, { spurs }) => sum + spurs, 0)}`,
      ];
    }),
  );
  return table(['asked', 'method', 'length error p50 / p90 / worst %', 'overlap p50 / p90 / worst %', 'spurs'], rows);
}

function directionSection(region: RegionBench, count: number): string {
  const off: number[] = [];
  const ms: number[] = [];
  let nothing = 0;
  for (const start of region.starts.slice(0, count)) {
    for (let direction = 0; direction < 360; direction += 45) {
      const planned = region.plan(start, plainRequest(15_000, { directionDegrees: direction }));
      if (planned.miss === 'island') continue;
      ms.push(planned.wallMs);
      if (planned.verdicts.length === 0) nothing++;
      else off.push(Math.abs(((((planned.verdicts[0].bearing - direction) % 360) + 540) % 360) - 180));
    }
  }
  const within = (degrees: number): string =>
    `${((100 * off.filter((each) => each <= degrees).length) / off.length).toFixed(0)} %`;
  return table(
    ['requests', 'middle within 45°', 'within 90°', 'off p50', 'nothing that way', 'ms p50 / p95'],
    [
      [
        `${off.length + nothing}`,
        within(45),
        within(90),
        `${quantile(off, 0.5).toFixed(0)}°`,
        `${nothing}`,
        [0.5, 0.95].map((share) => quantile(ms, share).toFixed(1)).join(' / '),
      ],
    ],
  );
}

const meets = (verdict: Verdict, min: number, max: number): boolean =>
  verdict.ascentMeters >= min &&
  verdict.ascentMeters <= max &&
  verdict.lengthErrorPercent <= 1 &&
  verdict.overlapPercent <= 3;

function ascentSection(region: RegionBench, count: number, seconds: number): string {
  const rows = ASCENT_WINDOWS.map(([min, max]) => {
    const asked = plainRequest(15_000, { minAscentMeters: min, maxAscentMeters: max });
    const ms: number[] = [];
    let met = 0;
    let exists = 0;
    for (const start of region.starts.slice(0, count)) {
      const planned = region.plan(start, asked);
      if (planned.miss === 'island') continue;
      ms.push(planned.wallMs);
      const isHit = (verdict: Verdict): boolean => meets(verdict, min, max);
      const hit = planned.verdicts.some(isHit);
      if (hit) met++;
      if (hit || region.search(start, asked, seconds, isHit).some(isHit)) exists++;
    }
    return [
      `${min}–${max} m`,
      `${exists}`,
      `${met}`,
      exists > 0 ? `${((100 * met) / exists).toFixed(0)} %` : '–',
      [0.5, 0.95, 1].map((share) => quantile(ms, share).toFixed(0)).join(' / '),
    ];
  });
  return table(['window', `a ${seconds} s search meets`, 'the planner meets', 'share', 'ms p50 / p95 / worst'], rows);
}

/** From other trailheads than all the rest: those may have been looked at while weights were chosen. */
function gapSection(region: RegionBench, count: number, seconds: number): string {
  const rows = [4, 8, 15, 30].map((km) => {
    const asked = plainRequest(1000 * km);
    const gaps: number[] = [];
    for (const start of region.bench.starts.slice(-count)) {
      const planned = region.plan(start, asked);
      if (planned.verdicts.length === 0) continue;
      gaps.push(Math.max(0, planned.verdicts[0].score - region.search(start, asked, seconds)[0].score));
    }
    return [`${km} km`, `${gaps.length}`, spread(gaps, 3)];
  });
  return table(['asked', 'requests', `score gap to a ${seconds} s search p50 / p90 / worst`], rows);
}

/** What is far off, and whether there is anything better: every walk is tried where that is possible. */
function worstSection(region: RegionBench): string {
  const rows = LENGTHS_KM.slice(0, 3).map((km) => {
    const asked = plainRequest(1000 * km);
    const proofs: Proof[] = [];
    const gaps: number[] = [];
    for (const start of region.starts) {
      const [best] = region.plan(start, asked).verdicts;
      if (!best || (best.lengthErrorPercent <= 1 && best.overlapPercent <= 3)) continue;
      const proof = region.prove(start, asked, best);
      proofs.push(proof);
      if (proof.least !== null) gaps.push(scoreBesideApproach(best) - proof.least);
    }
    return [
      `${km} km`,
      `${proofs.length}`,
      `${proofs.filter(({ proven, least }) => proven && least === null).length}`,
      `${gaps.length}`,
      spread(gaps, 2),
      `${proofs.filter(({ proven, least }) => !proven && least === null).length}`,
    ];
  });
  return table(
    [
      'asked',
      'off by over 1 % or 3 % overlap',
      'proven best',
      'something better exists',
      'by, in score, p50 / p90 / worst',
      'too many walks to try',
    ],
    rows,
  );
}

/** Measures the planner; returns the tables as Markdown. */
export async function plannerBench({ quick, only }: Options): Promise<string> {
  warmUp();
  const sections: string[] = [];
  for (const bench of await benchRegions(only)) {
    const region = new RegionBench(bench, bench.starts.slice(0, quick ? 20 : 100));
    const { junctionCount, segmentCount } = bench.region.network;
    for (const start of region.starts.slice(0, 10)) region.plan(start, plainRequest(15_000));
    const say = (what: string): void => console.error(`${bench.title}: ${what}`);
    const [some, few] = bench.region.synthetic ? [20, 4] : [40, 15];
    say('lengths');
    sections.push(
      `### ${bench.title}: ${region.starts.length} trailheads`,
      `${junctionCount} junctions, ${segmentCount} segments; prepared in ${(bench.prepareMs / 1000).toFixed(1)} s.`,
      lengthsSection(region),
    );
    say('the method of beeline vias');
    sections.push('The method of beeline vias, on the same network:', beelineSection(region, quick ? 5 : 50));
    say('directions');
    sections.push('A direction asked, 15 km, eight directions:', directionSection(region, quick ? 4 : 40));
    say('ascent windows');
    sections.push('Ascent windows, 15 km:', ascentSection(region, quick ? 4 : some, quick ? 0.2 : 10));
    say('proofs');
    sections.push('What is far off, and whether anything is nearer:', worstSection(region));
    say('a long search');
    sections.push('Against a long search:', gapSection(region, quick ? 2 : few, quick ? 0.5 : 10));
  }
  return sections.join('\n\n');
}
