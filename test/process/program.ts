import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll } from '@jest/globals';

type Line = Record<string, unknown> & { msg?: string };

const pm2Runtime = 'node_modules/pm2/bin/pm2-runtime';

export const pm2Settings = {
  NODE_CLUSTER_SCHED_POLICY: 'none',
  PM2_KILL_SIGNAL: 'SIGTERM',
  PM2_CONCURRENT_ACTIONS: '1',
  PM2_DISABLE_VERSION_CHECK: 'true',
  PM2_NO_INTERACTION: 'true',
  PM2_LOG_DATE_FORMAT: '',
};

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface SampleData {
  directory: string;
  databaseUrl: string;
  /** The id of one of its trailheads. */
  trailhead: string;
}

function makeSampleData(): SampleData {
  const directory = mkdtempSync(join(tmpdir(), 'loopwright-'));
  const databaseUrl = `sqlite:${join(directory, 'sample.db')}`;
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  for (const args of [
    ['dist/planning/database/migrate.command.js'],
    ['dist/planning/import/trails.command.js', 'sample'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  }
  const database = new DatabaseSync(join(directory, 'sample.db'));
  const { id } = database.prepare('select id from trailhead order by name limit 1').get() as { id: string };
  database.close();
  return { directory, databaseUrl, trailhead: id };
}

/**
 * A directory with a migrated database and the sample region in it, for all specs of a file: made before the first of them
 * (what is returned is empty until then) and taken away after the last.
 */
export function sampleData(): SampleData {
  const data = {} as SampleData;
  beforeAll(() => {
    Object.assign(data, makeSampleData());
  });
  afterAll(() => rmSync(data.directory, { recursive: true, force: true }));
  return data;
}

const running = new Set<Program>();
const askers = new Set<{ stop(): Promise<unknown> }>();
// Nothing of a spec outlives the spec, also when it failed in the middle.
afterEach(async () => {
  for (const program of running) await program.end();
  await Promise.allSettled([...askers].map((asker) => asker.stop()));
  askers.clear();
});

/** What asks on and on, until it is told to stop or the spec is over. @returns it */
export function untilTheSpecEnds<T extends { stop(): Promise<unknown> }>(asker: T): T {
  askers.add(asker);
  return asker;
}

/** A program that runs: what it writes, how it ends. */
export class Program {
  readonly #child: ChildProcess;
  readonly exit: Promise<number | string>;
  stdout = '';
  stderr = '';
  #wake: (() => void)[] = [];
  #ended = false;

  constructor(args: string[], env: Record<string, string>, cwd = '.') {
    // Of npm's and jest's environment only what a program needs.
    const { PATH, HOME } = process.env;
    running.add(this);
    this.#child = spawn(process.execPath, args, {
      cwd,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (into: 'stdout' | 'stderr') => (chunk: Buffer) => {
      this[into] += chunk;
      for (const wake of this.#wake.splice(0)) wake();
    };
    this.#child.stdout?.on('data', hear('stdout'));
    this.#child.stderr?.on('data', hear('stderr'));
    this.exit = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => {
        this.#ended = true;
        running.delete(this);
        for (const wake of this.#wake.splice(0)) wake();
        resolve(code ?? signal ?? '');
      }),
    );
  }

  /** The lines of JSON among all that it has written. */
  get log(): Line[] {
    return this.stdout
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line));
  }

  /**
   * Waits until `look` finds something in what it has written.
   * @throws Error with all output when the program ends before
   */
  async until<T>(look: (log: Line[], stdout: string) => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look(this.log, this.stdout);
      if (found) return found;
      if (this.#ended) throw new Error(`it ended before that:\n${this.stdout}\n${this.stderr}`);
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it for good, and with it all that it started. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const workers = this.log.map(({ pid }) => pid).filter((pid): pid is number => typeof pid === 'number');
    this.signal('SIGKILL');
    for (const pid of new Set(workers)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    }
    await this.exit;
  }
}

/** `node dist/main.js`, alone. */
export const alone = (env: Record<string, string>): Program => new Program(['dist/main.js'], env);

/** `pm2-runtime ecosystem.config.js`, with a home of its own. */
export const underPm2 = (directory: string, env: Record<string, string>): Program =>
  new Program([pm2Runtime, 'ecosystem.config.js'], {
    ...pm2Settings,
    ...home(directory),
    MANAGEMENT_PORT: '0',
    ...env,
  });

/** The same over the data, with so many workers, once all of them are ready. */
export async function cluster(
  { directory, databaseUrl }: SampleData,
  workers: number,
  env: Record<string, string> = {},
): Promise<{ program: Program; port: number }> {
  const port = await freePort();
  const settings = { PORT: String(port), DATABASE_URL: databaseUrl, WEB_CONCURRENCY: String(workers), ...env };
  const program = underPm2(directory, settings);
  await program.until((log) => readyWorkers(log).size === workers);
  return { program, port };
}

const home = (directory: string) => ({ PM2_HOME: join(directory, 'pm2') });

/** A command that talks to the PM2 of that directory. */
export const command = (directory: string, args: string[], env: Record<string, string> = {}): Program =>
  new Program(args, { ...pm2Settings, ...home(directory), ...env });

/** Where the supervisor answers, once it does. */
export const managementPort = (program: Program): Promise<number> =>
  program.until((log) => {
    const line = log.findLast(({ msg }) => msg === 'supervising');
    return line && (line.address as AddressInfo).port;
  });

/** Process ids of the workers that have become ready and have not been asked to stop, by worker id. */
export function readyWorkers(log: Line[]): Map<number, number> {
  const ready = new Map<number, number>();
  for (const { worker, pid, stage } of log) {
    if (stage === 'ready') ready.set(worker as number, pid as number);
    else if (stage !== undefined) ready.delete(worker as number);
  }
  return ready;
}

export interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** @throws Error when there is no whole answer */
export function ask(port: number, path: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get({ port, path, agent, host: '127.0.0.1' }, async (response) => {
      try {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode, headers: response.headers, body });
      } catch (error) {
        reject(error);
      }
    }).on('error', reject);
  });
}

/** Asks without pause, on as many kept connections as `clients`, until it is told to stop. */
export function load(port: number, clients: number, path: (n: number) => string) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const outcome = { answered: 0, lost: [] as string[] };
  let going = true;
  let n = 0;
  const client = async () => {
    while (going) {
      try {
        const { status, body } = await ask(port, path(n++), agent);
        if (status === 200) outcome.answered++;
        else outcome.lost.push(`${status} ${body}`);
      } catch (error) {
        outcome.lost.push((error as Error).message);
      }
    }
  };
  const clientsDone = Promise.all(Array.from({ length: clients }, client));
  return untilTheSpecEnds({
    async stop() {
      going = false;
      await clientsDone;
      agent.destroy();
      return outcome;
    },
  });
}
