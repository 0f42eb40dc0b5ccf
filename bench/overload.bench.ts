import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quantile, table } from './tables.js';

const PICTURE = 'docs/overload.svg';
/** Offered, as multiples of what one worker can answer. */
const FACTORS = [0.5, 1, 2, 4, 10];
const CLIENTS = 50;
const CHEAP = 'length=15km';
const DEAR = 'length=200km&minAscent=9000m&count=10';

interface Told {
  status: number;
  ms: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Asks as one client of many: the server believes its neighbour whom it asks for. */
async function ask(base: string, query: string, client: string): Promise<Told> {
  const begun = performance.now();
  try {
    const response = await fetch(`${base}/v1/loops?${query}`, { headers: { 'X-Forwarded-For': client } });
    await response.arrayBuffer();
    return { status: response.status, ms: performance.now() - begun };
  } catch {
    return { status: 0, ms: performance.now() - begun };
  }
}

/** One question after another from a client, until the time is over. */
async function inARow(seconds: number, next: () => Promise<Told>): Promise<Told[]> {
  const told: Told[] = [];
  for (const end = performance.now() + 1000 * seconds; performance.now() < end; ) told.push(await next());
  return told;
}

/** So many questions a second, whether or not those before are answered. */
async function atRate(perSecond: number, seconds: number, next: (n: number) => Promise<Told>): Promise<Told[]> {
  const asked: Promise<Told>[] = [];
  const begun = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    await pause(Math.max(0, begun + (1000 * n) / perSecond - performance.now()));
    asked.push(next(n));
  }
  return await Promise.all(asked);
}

const good = (told: Told[]): number[] => told.filter(({ status }) => status === 200).map(({ ms }) => ms);
const refused = (told: Told[]): number[] =>
  told.filter(({ status }) => status === 503 || status === 429).map(({ ms }) => ms);
const p95 = (ms: number[]): string => (ms.length > 0 ? quantile(ms, 0.95).toFixed(0) : '–');

/** One worker without nginx, asked for more than it can plan: what it still answers, and how soon it refuses the rest. */
export async function overloadBench({ quick }: { quick: boolean }): Promise<string> {
  const seconds = quick ? 3 : 20;
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-overload-'));
  const { PATH = '', HOME = '' } = process.env;
  const port = await freePort();
  const env = { PATH, HOME, DATABASE_URL: `sqlite:${join(folder, 'db')}`, PORT: String(port), LOG_LEVEL: 'error' };
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['dist/planning/database/migrate.command.js'], { env, stdio: 'ignore' });
  execFileSync(process.execPath, ['dist/planning/import/trails.command.js', 'sample'], { env, stdio: 'ignore' });
  const server = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${port}`;
  try {
    for (let tries = 0; ; tries++) {
      if ((await fetch(`${base}/readyz`).catch(() => null))?.ok) break;
      if (tries > 600) throw new Error('the server does not become ready');
      await pause(100);
    }
    const places = (await (await fetch(`${base}/v1/places?q=a&count=20`)).json()) as {
      features: { geometry: { coordinates: number[] } }[];
    };
    const [lon, lat] = places.features[0]!.geometry.coordinates;
    let seed = 0;
    const cheap = (client: string): Promise<Told> => ask(base, `near=${lat},${lon}&${CHEAP}&seed=${++seed}`, client);
    const dear = (): Promise<Told> => ask(base, `near=${lat},${lon}&${DEAR}&seed=${++seed}`, '203.0.113.1');

    await inARow(seconds / 2, () => cheap('198.51.100.1'));
    const idle = good(await inARow(seconds, () => cheap('198.51.100.1')));
    const closed = await Promise.all(
      Array.from({ length: 4 }, (_, i) => inARow(seconds, () => cheap(`198.51.100.${i + 1}`))),
    );
    const capacity = good(closed.flat()).length / seconds;

    const [beside, costly] = await Promise.all([
      inARow(2 * seconds, () => cheap('198.51.100.1')),
      atRate(1, 2 * seconds, dear),
    ]);
    const besides = table(
      ['15 km questions of one client', 'answered', 'p50 ms', 'p95 ms'],
      [
        ['alone', '100 %', quantile(idle, 0.5).toFixed(0), p95(idle)],
        [
          'beside a dear question a second of another',
          `${((100 * good(beside).length) / beside.length).toFixed(1)} %`,
          quantile(good(beside), 0.5).toFixed(0),
          p95(good(beside)),
        ],
      ],
    );
    const points: { factor: number; answered: number }[] = [];
    const rows: string[][] = [];
    for (const factor of FACTORS) {
      const told = await atRate(factor * capacity, seconds, (n) => cheap(`192.0.2.${1 + (n % CLIENTS)}`));
      const answered = good(told).length / seconds;
      points.push({ factor, answered: answered / capacity });
      const others = told.length - good(told).length - refused(told).length;
      const [done, not] = [good(told), refused(told)];
      rows.push([
        `${factor} ×`,
        answered.toFixed(1),
        (answered / capacity).toFixed(2),
        p95(done),
        String(not.length),
        p95(not),
        String(others),
      ]);
      await pause(3_000);
    }
    const head = ['offered', 'answered a second', 'of the capacity', 'p95 ms', 'refused', 'p95 ms of refusals', 'else'];
    if (!quick) writeFileSync(PICTURE, picture(points));
    const dearOnes = `Of the ${costly.length} dear questions ${good(costly).length} were answered, ${refused(costly).length} refused.`;
    return `One worker without nginx, made-up region; capacity ${capacity.toFixed(1)} questions a second (four clients, each asking when it is answered).\n\n${besides}\n\n${dearOnes}\n\n${table(head, rows)}\n\n![Answered against offered](overload.svg)`;
  } finally {
    const closed = once(server, 'close');
    server.kill('SIGTERM');
    await closed;
    rmSync(folder, { recursive: true });
  }
}

/** Answered against offered, both in capacities. */
function picture(points: { factor: number; answered: number }[]): string {
  const x = (factor: number): number => 50 + 50 * factor;
  const y = (share: number): number => 220 - 160 * share;
  const line = points.map(({ factor, answered }) => `${x(factor)},${y(answered).toFixed(1)}`).join(' ');
  const ideal = [0, 1, 10].map((factor) => `${x(factor)},${y(Math.min(1, factor))}`).join(' ');
  const ticks = [0, 2, 4, 6, 8, 10].map(
    (factor) => `<text x="${x(factor)}" y="240" text-anchor="middle">${factor}</text>`,
  );
  const dots = points.map(({ factor, answered }) => `<circle cx="${x(factor)}" cy="${y(answered).toFixed(1)}" r="4"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 270" font-family="sans-serif" font-size="12" role="img" aria-label="Answered against offered, in capacities">
<rect width="600" height="270" fill="#fff"/>
<path d="M50 40V220H570" fill="none" stroke="#555"/>
<polyline points="${ideal}" fill="none" stroke="#aaa" stroke-dasharray="4 4"/>
<polyline points="${line}" fill="none" stroke="#1a6b3c" stroke-width="2"/>
<g fill="#1a6b3c">${dots.join('')}</g>
<g fill="#333">${ticks.join('')}<text x="310" y="262" text-anchor="middle">offered, in capacities</text><text x="44" y="${y(1)}" text-anchor="end">1</text><text x="44" y="222" text-anchor="end">0</text></g>
</svg>
`;
}
