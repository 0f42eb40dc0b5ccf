import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { table } from './tables.js';
import { ascentOf, heightsIn } from './truth/heights.js';
import { Judge, SUBJECTS, type Told, type Untruth } from './truth/judge.js';
import { keyOf, type Point, RawMap } from './truth/raw-map.js';
import { isTrail } from './truth/tags.js';

const QUESTIONS = 1_000;
const LENGTHS_KM = [2, 4, 8, 15, 30];
const START_LIMIT_MS = 60_000;
const TOLD_UNTRUTHS = 12;

/** Linear congruential, for draws that are the same each time (Knuth's MMIX constants, upper bits). */
function draws(seed: number): (below: number) => number {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
    return Number(state >> 33n) % below;
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The built program over one extract, while `work` asks it. */
async function served<T>(file: string, elevation: string | null, work: (base: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-truth-'));
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    DATABASE_URL: `sqlite:${join(folder, 'trails.db')}`,
    HOST: '127.0.0.1',
    MANAGEMENT_PORT: '0',
  };
  let child: ChildProcess | null = null;
  try {
    const words = ['dist/planning/import/trails.command.js', 'import', file, '--name', 'Truth'];
    const heights = elevation === null ? [] : ['--elevation', elevation];
    execFileSync(process.execPath, [...words, ...heights], { env, stdio: ['ignore', 'ignore', 'ignore'] });
    const port = await freePort();
    const ports = { PORT: String(port), MANAGEMENT_PORT: String(await freePort()), MANAGEMENT_HOST: '127.0.0.1' };
    child = spawn(process.execPath, ['dist/main.js'], { env: { ...env, ...ports }, stdio: 'ignore' });
    const base = `http://127.0.0.1:${port}`;
    for (const until = performance.now() + START_LIMIT_MS; ; await pause(100)) {
      const answer = await fetch(`${base}/v1/regions`).catch(() => null);
      await answer?.text();
      if (answer?.ok) return await work(base);
      if (performance.now() > until) throw new Error('the program does not answer');
    }
  } finally {
    if (child && child.exitCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    }
    rmSync(folder, { recursive: true });
  }
}

interface Outcome {
  questions: number;
  loops: number;
  meters: number;
  untruths: Untruth[];
}

/** Points of trails, in an order drawn by seed; no two questions from one of them. */
function startsOn(map: RawMap, draw: (below: number) => number): Point[] {
  const points = new Map<string, Point>();
  for (const { tags, points: along } of map.ways.values()) {
    if (isTrail(tags)) for (const point of [along[0]!, along.at(-1)!]) points.set(keyOf(point), point);
  }
  const starts = [...points.values()];
  for (let i = starts.length - 1; i > 0; i--) {
    const k = draw(i + 1);
    [starts[i], starts[k]] = [starts[k]!, starts[i]!];
  }
  return starts;
}

/** What would be untrue if an answer said it: a judge that does not notice is none. */
const FALSIFIED: [Untruth['subject'], (told: Told['properties']) => Partial<Told['properties']>][] = [
  ['grade', ({ difficulty }) => ({ difficulty: difficulty === 'T6' ? 'T5' : 'T6' })],
  ['names', ({ names }) => ({ names: [...names, 'Nowhere Path'] })],
  ['climb', ({ ascentMeters }) => ({ ascentMeters: (ascentMeters ?? 0) + 200 })],
  ['time', ({ durationSeconds }) => ({ durationSeconds: durationSeconds + 300 })],
  ['length', ({ lengthMeters }) => ({ lengthMeters: lengthMeters + 100 })],
  ['trail share', ({ trailShare }) => ({ trailShare: trailShare > 0.5 ? 0.3 : 0.7 })],
  ['title', () => ({ title: { kind: 'trail', name: 'Nowhere Path' } })],
];

/** @throws Error when the judge takes a falsified loop for true */
function probe(judge: Judge, loop: Told): void {
  const isNoticed = (told: Told, subject: string): boolean =>
    judge.judge(told, null).some((untruth) => untruth.subject === subject);
  for (const [subject, change] of FALSIFIED) {
    const told = { ...loop, properties: { ...loop.properties, ...change(loop.properties) } };
    if (!isNoticed(told, subject)) throw new Error(`the judge does not notice a wrong ${subject}`);
  }
  const line = (loop.geometry.coordinates as number[][]).map((point, i) =>
    i === 1 ? [point[0]! + 0.001, point[1]!] : point,
  );
  if (
    loop.geometry.type === 'LineString' &&
    !isNoticed({ ...loop, geometry: { type: 'LineString', coordinates: line } }, 'permission')
  )
    throw new Error('the judge does not notice a line where no way is');
}

/** Asks so many questions of one extract and judges every loop of every answer. */
async function ask(file: string, folder: string, count: number): Promise<Outcome> {
  const map = new RawMap(file);
  const heights = heightsIn(folder);
  // Whether the tiles reach the extract at all.
  const sample = [...map.ways.values()].slice(0, 50).map(({ points }) => heights(...points[0]!));
  const hasHeights = sample.some((height) => ascentOf([height]) !== null);
  const judge = new Judge(map, hasHeights ? heights : null);
  const draw = draws(14);
  const starts = startsOn(map, draw);
  const outcome: Outcome = { questions: 0, loops: 0, meters: 0, untruths: [] };
  await served(file, hasHeights ? folder : null, async (base) => {
    for (let i = 0; i < count && starts.length > 0; i++) {
      const [lon, lat] = starts[i % starts.length]!;
      const hardest = i % 4 === 1 ? 1 + draw(3) : null;
      const query = new URLSearchParams({ start: `${lat},${lon}`, length: `${LENGTHS_KM[i % LENGTHS_KM.length]}km` });
      if (hardest !== null) query.set('maxDifficulty', `T${hardest}`);
      const hasDate = i % 7 === 3;
      if (hasDate) query.set('date', `2027-${String(1 + draw(12)).padStart(2, '0')}-15`);
      const answer = await fetch(`${base}/v1/loops?${query}`);
      const body = (await answer.json()) as { features?: Told[]; dataDate?: string | null; detail?: string };
      outcome.questions++;
      if (answer.status !== 200) {
        if (answer.status >= 500) throw new Error(`${answer.status} for ${query}: ${body.detail}`);
        continue;
      }
      for (const loop of body.features ?? []) {
        if (outcome.loops === 0) probe(judge, loop);
        outcome.loops++;
        outcome.meters += loop.properties.lengthMeters;
        for (const { subject, why } of judge.judge(loop, hardest, hasDate)) {
          outcome.untruths.push({ subject, why: `${why} (${query})` });
        }
      }
    }
  });
  return outcome;
}

/**
 * Walks every loop of every answer to 1 000 questions over the real extracts, from raw tags and heights: nothing of `src`
 * is used but the built program behind HTTP.
 */
export async function truthBench({ quick, only }: { quick: boolean; only: string | undefined }): Promise<string> {
  const folder = process.env.LOOPWRIGHT_DATA;
  if (!folder) throw new Error('LOOPWRIGHT_DATA names no folder with extracts');
  execFileSync('osmium', ['--version'], { stdio: 'ignore' });
  // In CI the program has been built before.
  if (!quick || !existsSync('dist/main.js')) execFileSync(process.execPath, ['build.js'], { stdio: 'ignore' });
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.osm.pbf') && (only === undefined || name.includes(only)))
    .sort()
    // Reading an extract takes longer than a few questions.
    .filter((_, i) => !quick || only !== undefined || i % 2 === 1);
  const each = Math.ceil((quick ? QUESTIONS / 20 : QUESTIONS) / files.length);
  const rows: string[][] = [];
  const untruths: string[] = [];
  for (const name of files) {
    console.error(name);
    const { questions, loops, meters, untruths: found } = await ask(join(folder, name), folder, each);
    const count = (subject: Untruth['subject']): string =>
      String(found.filter((one) => one.subject === subject).length);
    rows.push([
      name.replace('.osm.pbf', ''),
      String(questions),
      String(loops),
      (meters / 1_000).toFixed(0),
      ...SUBJECTS.map(count),
    ]);
    console.error(rows.at(-1)!.join(' '));
    for (const { subject, why } of found) untruths.push(`- ${name.replace('.osm.pbf', '')}, ${subject}: ${why}`);
  }
  // In CI that is what the bench is run for.
  if (untruths.length > 0) process.exitCode = 1;
  const list = untruths.length === 0 ? 'Nothing untrue was found.' : untruths.slice(0, TOLD_UNTRUTHS).join('\n');
  return [
    'Every loop of every answer, walked on the raw tags of `osmium export` and on the heights of the tiles by code of its own; what',
    'each column counts is how many loops said something untrue of it.',
    '',
    table(['extract', 'questions', 'loops', 'km', ...SUBJECTS], rows),
    '',
    list,
  ].join('\n');
}
