import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from '@jest/globals';
import { build, liftedTodo } from './lift.js';
import { freePort, Program, pm2Settings, readyWorkers, untilTheSpecEnds } from './program.js';
import { send, type Todo, token, writingLoad } from './todo-load.js';

const workers = 2;
let directory: string;
let env: Record<string, string>;
let program: Program;

beforeAll(() => {
  directory = liftedTodo();
  build(directory);
});

const pm2 = ['node_modules/pm2/bin/pm2-runtime', 'ecosystem.config.js'];

async function started(more: Record<string, string> = {}, command = pm2): Promise<number> {
  const port = await freePort();
  env = {
    ...pm2Settings,
    PM2_HOME: join(directory, 'pm2'),
    PORT: String(port),
    MANAGEMENT_PORT: '0',
    WEB_CONCURRENCY: String(workers),
    TODO_TOKEN: token,
    ...more,
  };
  program = new Program(command, env, directory);
  await program.until((log) => readyWorkers(log).size === workers);
  return port;
}

/** What the file of todos says to a query, whatever the workers say. */
function inFile(query: string): Record<string, unknown>[] {
  const db = new DatabaseSync(join(directory, 'var/todos.db'), { readOnly: true });
  const rows = db.prepare(query).all();
  db.close();
  return rows;
}

/** The todos that are in the file, by id. */
const kept = () => new Map((inFile('select * from todo') as unknown as Todo[]).map((todo) => [todo.id, todo]));

/** The id of the newest change that is in the file. */
const newestChange = () => inFile('select max(id) as id from change')[0].id as number;

/** Reads the feed of changes from the first one as EventSource does: asks again where it left off, also when it was cut off. */
function feed(port: number) {
  const ids: number[] = [];
  const stopping = new AbortController();
  let times = 0;
  const over = (async () => {
    while (!stopping.signal.aborted) {
      const headers = { Authorization: `Bearer ${token}`, 'Last-Event-ID': String(ids.at(-1) ?? 0) };
      times++;
      try {
        const response = await fetch(`http://127.0.0.1:${port}/api/events`, { headers, signal: stopping.signal });
        if (response.status !== 200) throw new Error(`the feed answered ${response.status}`);
        let text = '';
        for await (const chunk of response.body ?? []) {
          text += new TextDecoder().decode(chunk);
          const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
          text = text.slice(whole.length);
          for (const [, id] of whole.matchAll(/^id: (\d+)$/gm)) ids.push(Number(id));
        }
      } catch (error) {
        // Being cut off is a TypeError of fetch, and EventSource asks again.
        if (!stopping.signal.aborted && !(error instanceof TypeError)) throw error;
      }
    }
  })();
  // Whoever waits for it hears of that.
  over.catch(() => {});
  return untilTheSpecEnds({
    ids,
    over,
    get times() {
      return times;
    },
    /** @throws Error when the feed answers anything but a stream */
    async stop() {
      stopping.abort();
      await over;
    },
  });
}

it('a reload loses no request that writes, lets a report of 12 s end, and no reader of the feed misses a change', async () => {
  const port = await started();
  const reader = feed(port);
  const clients = writingLoad(port, 8);
  const reports = Array.from({ length: 4 }, () => send(port, 'GET', '/api/report'));
  const reload = new Program(['dist/runtime/supervisor/reload.command.js'], env, directory);
  expect([await reload.exit, reload.stderr]).toEqual([0, '']);
  for (const { status } of await Promise.all(reports)) expect(status).toBe(200);
  const { lost, answered, made, changed } = await clients.stop();
  expect(lost).toEqual([]);
  expect(answered).toBeGreaterThan(100);
  const todos = kept();
  expect(made.filter(({ id }) => !todos.has(id))).toEqual([]);
  expect(changed.filter(({ id, title }) => todos.get(id)?.title !== `${title}, changed`)).toEqual([]);
  const newest = newestChange();
  expect(newest).toBe(made.length + changed.length);
  while (reader.ids.length < newest) await Promise.race([setTimeout(50), reader.over]);
  await reader.stop();
  expect(reader.ids).toEqual(Array.from({ length: newest }, (_, n) => n + 1));
  expect(reader.times).toBeGreaterThan(1);
  expect(program.log.filter(({ msg }) => String(msg).startsWith('the drain took'))).toEqual([]);
}, 120_000);

it('a worker that is killed takes nothing with it that it has acknowledged', async () => {
  const port = await started();
  const clients = writingLoad(port, 8);
  const [[, pid]] = readyWorkers(program.log);
  process.kill(pid, 'SIGKILL');
  await program.until((log) => log.filter(({ stage }) => stage === 'ready').length === workers + 1);
  const { lost, made } = await clients.stop();
  // Without nginx nobody asks again: what that worker had in hand is lost, and its client hears so.
  expect(lost.length).toBeLessThanOrEqual(8);
  for (const each of lost) expect(each).toMatch(/socket hang up|ECONNRESET/);
  const todos = kept();
  expect(made.filter(({ id }) => !todos.has(id))).toEqual([]);
}, 60_000);

it('a worker that hangs in a POST is ended with its stack and its request, and the other answers', async () => {
  const port = await started({ NODE_OPTIONS: `--import=${pathToFileURL(resolve('test/process/faults.js'))}` });
  await expect(send(port, 'POST', '/api/todos?fault=hang', { title: 'endless' })).rejects.toThrow('socket hang up');
  const clients = writingLoad(port, 4);
  const last = await program.until((log) => log.find(({ level }) => level === 'fatal'));
  expect(last).toMatchObject({ request: { method: 'POST', url: '/api/todos?fault=hang' }, inFlight: 1 });
  expect((last.stack as string[])[0]).toMatch(/^hangHere file:.*faults\.js:\d+:\d+$/);
  await program.until((log) => log.filter(({ stage }) => stage === 'ready').length === workers + 1);
  expect((await clients.stop()).lost).toEqual([]);
}, 60_000);

it('a stop answers what is in flight, the report too, and exits 0', async () => {
  const port = await started({ REPORT_MS: '3000' }, ['dist/runtime/supervisor/start.command.js']);
  const clients = writingLoad(port, 4);
  const report = send(port, 'GET', '/api/report');
  await program.until((log) => log.filter(({ msg }) => msg === 'request').length > 50);
  program.signal('SIGTERM');
  await program.until((log) => log.filter(({ stage }) => stage === 'draining').length === workers);
  expect((await report).status).toBe(200);
  expect(await program.exit).toBe(0);
  const { lost, made } = await clients.stop();
  // Nobody is left to listen: what came later found no one, and no worker had taken it in hand.
  for (const each of lost) expect(each).toMatch(/ECONNREFUSED|read ECONNRESET/);
  const todos = kept();
  expect(made.filter(({ id }) => !todos.has(id))).toEqual([]);
}, 60_000);

it('says in one line why it does not start', async () => {
  program = new Program(['dist/main.js'], { PORT: '0' }, directory);
  expect(await program.exit).toBe(1);
  expect(program.stderr).toBe('todo: TODO_TOKEN=: must be set\n');
});
