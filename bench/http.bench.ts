import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { quantile, table } from './tables.js';

const PATH = '/v1/regions';
const CONNECTIONS = 64;
const START_LIMIT_MS = 60_000;

interface Subject {
  name: string;
  port: number;
  child: ChildProcess;
  /** Requests a second, a round each. */
  rates: number[];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** @throws Error when it has not answered 200 after a minute */
async function bodyOf(port: number): Promise<string> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (performance.now() < giveUpAt) {
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`).catch(() => null);
    const body = await response?.text();
    if (response?.ok && body) return body;
    await pause(100);
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** @throws Error when an answer was not 2xx or a connection failed: such a rate says nothing */
async function rateOf(port: number, seconds: number): Promise<number> {
  const wrk = spawn('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, `http://127.0.0.1:${port}${PATH}`]);
  let said = '';
  wrk.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  await once(wrk, 'close');
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]);
  if (!(rate > 0) || /Non-2xx|Socket errors/.test(said)) throw new Error(`wrk: ${said}`);
  return rate;
}

async function stop({ child }: Subject): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

/** The whole edge under pm2-runtime against bare `node:http` and against Nest as it comes, side by side. */
export async function httpBench({ quick }: { quick: boolean }): Promise<string> {
  if (spawnSync('wrk', ['--version']).error) throw new Error('wrk is missing: apt-get install -y wrk');
  const [rounds, seconds] = quick ? [1, 1] : [5, 3];
  const workers = Math.min(2, cpus().length);
  const directory = mkdtempSync(join(tmpdir(), 'loopwright-http-'));
  const log = openSync(join(directory, 'access.log'), 'w');
  const { PATH: path = '', HOME = '' } = process.env;
  const base = { PATH: path, HOME, DATABASE_URL: `sqlite:${join(directory, 'sample.db')}` };
  const subjects: Subject[] = [];
  const start = async (name: string, args: string[], env: Record<string, string>): Promise<Subject> => {
    const port = await freePort();
    const child = spawn(process.execPath, args, {
      env: { ...base, PORT: String(port), ...env },
      stdio: ['ignore', log, 'inherit'],
    });
    const subject = { name, port, child, rates: [] };
    subjects.push(subject);
    return subject;
  };
  try {
    for (const args of [
      ['build.js'],
      ['dist/planning/database/migrate.command.js'],
      ['dist/planning/import/trails.command.js', 'sample'],
    ])
      execFileSync(process.execPath, args, { env: base, stdio: ['ignore', 'ignore', 'inherit'] });
    const own = await start('Loopwright, the whole edge', ['node_modules/pm2/bin/pm2-runtime', 'ecosystem.config.js'], {
      HOST: '127.0.0.1',
      WEB_CONCURRENCY: String(workers),
      MANAGEMENT_PORT: '0',
      PM2_HOME: join(directory, 'pm2'),
      NODE_CLUSTER_SCHED_POLICY: 'none',
      PM2_KILL_SIGNAL: 'SIGTERM',
      PM2_CONCURRENT_ACTIONS: '1',
      PM2_DISABLE_VERSION_CHECK: 'true',
      PM2_NO_INTERACTION: 'true',
    });
    const env = { BODY: await bodyOf(own.port), WORKERS: String(workers), NODE_CLUSTER_SCHED_POLICY: 'none' };
    const file = (name: string) => [fileURLToPath(new URL(`./http/${name}.js`, import.meta.url))];
    const bare = await start('bare `node:http`', file('bare'), env);
    const nest = await start('Nest on Express as it comes', file('plain-nest'), env);
    const inTurn = [bare, nest, own];
    for (const { port } of inTurn) {
      await bodyOf(port);
      await rateOf(port, 1);
    }
    for (let round = 0; round < rounds; round++) {
      for (const subject of inTurn) subject.rates.push(await rateOf(subject.port, seconds));
    }
    const ratio = (subject: Subject, share: number) =>
      quantile(
        subject.rates.map((rate, round) => rate / (bare.rates[round] ?? Number.NaN)),
        share,
      ).toFixed(2);
    const rows = inTurn.map((each) => [each.name, ratio(each, 0.5), ratio(each, 0), ratio(each, 1)]);
    return `\`GET ${PATH}\` of the sample region, ${workers} workers each, ${CONNECTIONS} connections, the load generator on the same machine; ${rounds} rounds of ${seconds} s in turn. Requests a second as a share of those of bare \`node:http\` in the same round. The whole edge is router, request id, deadline, metrics and an access log of one line a request, written to a file, under pm2-runtime.\n\n${table(['', 'median', 'least', 'most'], rows)}`;
  } finally {
    await Promise.all(subjects.map(stop));
    closeSync(log);
    rmSync(directory, { recursive: true, force: true });
  }
}
