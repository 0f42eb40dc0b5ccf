import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { osmFile, squareVillage } from '../../test/osm-file.js';
import { importInto } from '../import-into.js';
import { randomFrom } from '../regions.js';
import { quantile, table } from '../tables.js';
import { bases } from './bases.js';
import { KIND_NAMES, mutant } from './mutants.js';
import { LIMIT_MIB, LIMIT_MS, SIGNAL_MS, type Trial, trial } from './trial.js';

export interface FuzzOptions {
  seed: number;
  count: number;
  /** Ends after the mutant in which this time is over. */
  untilMs: number;
}

/** One mutant in this many is sent SIGTERM in the midst of it. */
const SIGNAL_EVERY = 9;
/** Where the mutants are kept that went wrong. */
const KEPT = 'var/fuzz';

/**
 * Imports damaged extracts by the command, each in a process of its own, beside a good region or over it.
 * @returns a page's section; `faults` is empty when every one of them ended as it must
 */
export async function importFuzz({ seed, count, untilMs }: FuzzOptions): Promise<{ body: string; faults: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-fuzz-'));
  try {
    const good = join(folder, 'good.db');
    const village = join(folder, 'village.osm.pbf');
    writeFileSync(village, osmFile(squareVillage));
    await importInto(`sqlite:${good}`, village, null, 'Kept');
    const all = bases();
    const trials = new Map<string, Trial[]>(KIND_NAMES.map((kind) => [kind, []]));
    const faults: string[] = [];
    let done = 0;
    for (; done < count && performance.now() < untilMs; done++) {
      const random = randomFrom(seed * 1_000_003 + done);
      const { kind, base, bytes } = mutant(done, random, all);
      const file = join(folder, 'mutant.osm.pbf');
      writeFileSync(file, bytes);
      const signalMs = done % SIGNAL_EVERY === SIGNAL_EVERY - 1 ? 300 + 1_500 * random() : null;
      const result = await trial(file, { good, folder, over: random() < 0.3, signalMs });
      trials.get(kind)!.push(result);
      const told = `${done}: ${kind} (${base}): ${result.end}, ${Math.round(result.milliseconds)} ms, ${Math.round(result.mebibytes)} MiB`;
      process.stderr.write(`${told}${result.line && `: ${result.line}`}\n`);
      if (result.faults.length === 0) continue;
      mkdirSync(KEPT, { recursive: true });
      const kept = join(KEPT, `import-${seed}-${done}.osm.pbf`);
      writeFileSync(kept, bytes);
      faults.push(`${told}: ${result.faults.join('; ')}; kept as ${kept}`);
    }
    return { body: report(trials, { seed, count: done, bases: all.map(({ name }) => name) }, faults), faults };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(
  trials: Map<string, Trial[]>,
  about: { seed: number; count: number; bases: string[] },
  faults: string[],
): string {
  const row = (title: string, of: Trial[]): string[] => {
    const times = of.map(({ milliseconds }) => milliseconds / 1_000);
    const ended = (end: Trial['end']): string => String(of.filter((one) => one.end === end).length);
    return [
      title,
      String(of.length),
      ended('imported'),
      ended('refused'),
      ended('stopped by a signal'),
      `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 1).toFixed(1)}`,
      String(
        Math.round(
          quantile(
            of.map(({ mebibytes }) => mebibytes).filter((mib) => !Number.isNaN(mib)),
            1,
          ),
        ),
      ),
      String(of.filter((one) => one.faults.length > 0).length),
    ];
  };
  const everything = [...trials.values()].flat();
  const rows = [...trials].filter(([, of]) => of.length > 0).map(([kind, of]) => row(kind, of));
  return [
    `${about.count} mutants of seed ${about.seed}, made of: ${about.bases.join('; ')}.`,
    table(
      [
        'damage',
        'mutants',
        'imported',
        'refused',
        'stopped',
        'time, s: median / most',
        'memory at most, MiB',
        'faults',
      ],
      [...rows, row('**all**', everything)],
    ),
    `A fault is: more than ${LIMIT_MS / 1_000} s or ${LIMIT_MIB} MiB; no end within ${SIGNAL_MS / 1_000} s after SIGTERM (one in ${SIGNAL_EVERY} is sent it); anything but one line with exit 1, in our own words, and the database as it was; an import that is not whole and right.`,
    ...(faults.length > 0 ? [faults.map((fault) => `- ${fault}`).join('\n')] : []),
  ].join('\n\n');
}
