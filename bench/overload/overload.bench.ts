import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { quantile, table } from '../tables.js';
import { curves, type Point } from './curves.js';
import { ask, atRate, inARow, p95, sorted, type Told } from './load.js';
import type { Callback } from './longest-callback.js';
import { prepare, remove, serve } from './server.js';

const PICTURE = 'docs/overload.svg';
/** Offered, as multiples of what one worker can answer. */
const FACTORS = [0.5, 1, 2, 4, 10];
const CLIENTS = 50;
const DEAR = 'length=200km&minAscent=9000m&count=10';

/** Questions that differ from all that were asked before, so that nobody has the answer yet. */
function asking(base: string, near: string) {
  let seed = 0;
  const loops = (query: string, client: string): Promise<Told> =>
    ask(base, `/v1/loops?near=${near}&${query}&seed=${++seed % 1_000}`, client);
  return {
    usual: (client: string) => loops('length=15km', client),
    dear: (client: string) => loops(DEAR, client),
    loops,
    gpx: (query: string, client: string) =>
      ask(base, `/v1/loops.gpx?near=${near}&${query}&seed=${++seed % 1_000}`, client),
  };
}

/** One worker without nginx, asked for more than it can plan: what it still answers, and how soon it refuses the rest. */
export async function overloadBench({ quick }: { quick: boolean }): Promise<string> {
  const seconds = quick ? 2 : 15;
  const { folder, region, near, env } = prepare();
  try {
    const { capacity, parts } = await underLoad(env, near, seconds, quick);
    const callbacks = await longestCallbacks({ ...env, LONGEST_CALLBACKS: join(folder, 'callbacks') }, near, seconds);
    const about = `One worker with one planner thread, without nginx, on ${region}; the load is made on the same machine. Capacity: ${capacity.toFixed(1)} questions for 15 km a second, asked by four clients that each wait for their answer.`;
    return [about, ...parts, callbacks].join('\n\n');
  } finally {
    remove(folder);
  }
}

async function underLoad(env: NodeJS.ProcessEnv, near: string, seconds: number, quick: boolean) {
  const server = await serve(env);
  try {
    const { usual, dear } = asking(server.base, near);
    await inARow(seconds / 2, () => usual('198.51.100.1'));
    const alone = sorted(await inARow(seconds, () => usual('198.51.100.1')));
    const four = [1, 2, 3, 4].map((i) => inARow(seconds, () => usual(`198.51.100.${i}`)));
    const capacity = sorted((await Promise.all(four)).flat()).answered.length / seconds;
    const [beside, costly] = (
      await Promise.all([
        inARow(2 * seconds, () => usual('198.51.100.1')),
        atRate(1, 2 * seconds, () => dear('203.0.113.1')),
      ])
    ).map(sorted);
    const share = (100 * beside!.answered.length) / (beside!.answered.length + beside!.refused.length + beside!.lost);
    const besides = table(
      ['15 km questions of one client', 'answered', 'p50 ms', 'p95 ms', 'p95 against alone'],
      [
        ['alone', '100 %', quantile(alone.answered, 0.5).toFixed(0), p95(alone.answered), '1'],
        [
          'beside a dear question a second of another',
          `${share.toFixed(1)} %`,
          quantile(beside!.answered, 0.5).toFixed(0),
          p95(beside!.answered),
          (quantile(beside!.answered, 0.95) / quantile(alone.answered, 0.95)).toFixed(1),
        ],
      ],
    );
    const dears = `Of the ${2 * seconds} dear ones (\`${DEAR}\`, another seed each) ${costly!.answered.length} were answered, p95 ${p95(costly!.answered)} ms; ${costly!.refused.length} were refused, p95 ${p95(costly!.refused)} ms; ${costly!.lost} had another end.`;
    const points: Point[] = [];
    const rows: string[][] = [];
    for (const offered of FACTORS) {
      const told = await atRate(offered * capacity, seconds, (n) => usual(`192.0.2.${1 + (n % CLIENTS)}`));
      const { answered, refused, lost } = sorted(told);
      const perSecond = answered.length / seconds;
      points.push({
        offered,
        answered: perSecond / capacity,
        answeredP95Ms: quantile(answered, 0.95),
        refusedP95Ms: quantile(refused, 0.95),
      });
      const cells = [
        perSecond.toFixed(1),
        (perSecond / capacity).toFixed(2),
        p95(answered),
        refused.length,
        p95(refused),
      ];
      rows.push([`${offered} ×`, ...cells.map(String), String(lost)]);
      await pause(3_000);
    }
    if (!quick) writeFileSync(PICTURE, curves(points));
    const head = ['offered', 'answered a second', 'of the capacity', 'p95 ms', 'refused', 'p95 ms of refusals', 'else'];
    const crowd = `The same questions from ${CLIENTS} clients:`;
    return {
      capacity,
      parts: [besides, dears, crowd, table(head, rows), '![Answered against offered, and how soon](overload.svg)'],
    };
  } finally {
    await server.stop();
  }
}

/** What the largest answers and the strangest questions cost the main loop in one go. */
async function longestCallbacks(env: NodeJS.ProcessEnv, near: string, seconds: number): Promise<string> {
  const probe = fileURLToPath(new URL('./longest-callback.js', import.meta.url));
  const server = await serve(env, ['--import', probe]);
  try {
    const { usual, dear, loops, gpx } = asking(server.base, near);
    const large = 'length=200km&count=10&drive=60min';
    const kinds = [
      () => usual('198.51.100.1'),
      () => dear('198.51.100.2'),
      () => loops(large, '198.51.100.3'),
      () => gpx(large, '198.51.100.4'),
      () => loops('days=3&perDay=15-25km&count=10', '198.51.100.5'),
      () => ask(server.base, `/v1/trailheads?near=${near}&drive=3h`, '198.51.100.6'),
    ];
    // Once to compile what will be run.
    for (const kind of kinds) {
      const { status } = await kind();
      if (status !== 200) throw new Error(`a question of the bench was answered by ${status}`);
    }
    server.signal('SIGUSR2');
    await Promise.all(kinds.map((kind) => inARow(seconds, kind)));
  } finally {
    await server.stop();
  }
  const { count, dearest } = JSON.parse(readFileSync(env.LONGEST_CALLBACKS!, 'utf8')) as {
    count: number;
    dearest: Callback[];
  };
  const rows = dearest
    .slice(0, 5)
    .map(({ type, cpuMs, gcMs }) => [`\`${type}\``, (cpuMs - gcMs).toFixed(1), gcMs.toFixed(1)]);
  return `The longest of ${count} callbacks of the main loop, while six clients ask for 15 km, for dear loops, for ten loops of 200 km as GeoJSON and as GPX, for walks of three days and for all trailheads within three hours:\n\n${table(['callback of', 'CPU ms, garbage collection apart', 'ms of garbage collection'], rows)}`;
}
