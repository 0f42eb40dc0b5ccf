import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liftedTodo, manual, type } from '../../test/process/lift.ts';
import { copyOfTree, projectRoot, Stack } from '../../test/stack/stack.ts';
import { type Answer, ask, type Question, type Verdict } from './load.ts';
import { ReadyWatch } from './ready-watch.ts';

export const WORKERS = 2;

export type BootFault = 'throw' | 'never-ready' | 'wrong-database';

/** A stack that is made to suffer: ours, the todos on the same runtime, or the plain one beside them. */
export interface Subject {
  name: 'loopwright' | 'plain' | 'todo';
  stack: Stack;
  origin: string;
  /** Of the tree that the stack runs from; a copy, because a roll-out writes into it. */
  directory: string;
  watch: ReadyWatch;
  /** Another URL each time. */
  question(): Question;
  judge(answer: Answer): Verdict;
  /** What befalls workers from now on at their start. */
  boot(fault: BootFault | ''): void;
  inContainer(...command: string[]): ReturnType<Stack['run']>;
  /** @returns in words what it has acknowledged since the last time, and what of that is not there */
  missing?(): Promise<string>;
  remove(): Promise<void>;
}

function judge({ status, body }: Answer): Verdict {
  if (status === 503 && body.includes('"/problems/overloaded"')) return 'shed';
  if (status !== 200) return 'lost';
  try {
    const { features, done } = JSON.parse(body) as { features?: unknown[]; done?: boolean };
    return Array.isArray(features) || done === true ? 'good' : 'lost';
  } catch {
    return 'lost';
  }
}

/** A port that stays the same when nginx's container is replaced. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function bring(
  name: Subject['name'],
  files: string[],
  environment: Record<string, string>,
  question: () => Question,
  fill: (stack: Stack) => Promise<unknown>,
  tree = copyOfTree(),
): Promise<Subject> {
  const state = mkdtempSync(join(tmpdir(), 'loopwright-fault-state-'));
  chmodSync(state, 0o777);
  // As an operator has it.
  writeFileSync(join(tree.path, '.env'), `${name === 'todo' ? 'TODO' : 'LOOPWRIGHT'}_TAG=test\n`);
  const port = await freePort();
  const stack = new Stack(tree.path, files, {
    FAULT_STATE: state,
    COMPOSE_FILE: files.join(':'),
    HTTP_PORT: String(port),
    ...environment,
  });
  stack.environment.TODO_IMAGE = stack.image;
  const watch = new ReadyWatch(state, WORKERS);
  try {
    await stack.up('--build');
    await fill(stack);
  } catch (error) {
    watch.close();
    await stack.remove();
    throw error;
  }
  return {
    name,
    stack,
    directory: tree.path,
    watch,
    question,
    judge,
    origin: `http://127.0.0.1:${port}`,
    boot: (fault) =>
      fault === '' ? rmSync(join(state, 'boot'), { force: true }) : writeFileSync(join(state, 'boot'), fault),
    inContainer: async (...command) => stack.run('docker', ['exec', (await stack.containers('api'))[0]!, ...command]),
    async remove() {
      watch.close();
      await stack.remove();
      tree.remove();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** The production stack with the sample region, and a way in for faults. */
export function loopwright(): Promise<Subject> {
  let count = 0;
  const question = (): Question => {
    count += 1;
    if (count % 4 === 0) return { path: `/v1/loops?trailhead=s34&length=5km&count=1&seed=${count}` };
    // Around a village, so that there is a road to start on.
    const north = 47.0764 + ((count % 997) - 500) * 1e-6;
    const east = -37.4679 + ((count % 1_009) - 500) * 1e-6;
    const minutes = 10 + Math.floor(count / (997 * 1_009));
    return { path: `/v1/trailheads?near=${north.toFixed(6)},${east.toFixed(6)}&drive=${minutes}min` };
  };
  const environment = { WEB_CONCURRENCY: String(WORKERS), LOG_LEVEL: 'warn' };
  return bring('loopwright', ['docker-compose.yml', 'bench/faults/compose.yml'], environment, question, (stack) =>
    stack.compose('run', '--rm', '--no-TTY', 'api', 'loopwright', 'trails', 'sample'),
  );
}

/** Nest, PM2's cluster mode and nginx as they come; 20 ms a request. */
export function plain(): Promise<Subject> {
  let count = 0;
  const question = (): Question => {
    count += 1;
    return { path: `/work?n=${count}` };
  };
  return bring('plain', ['bench/baseline/compose.yml'], {}, question, async () => {});
}

/** The example's production stack, lifted as its manual says. Every other request makes a todo. */
export async function todo(): Promise<Subject> {
  const path = liftedTodo();
  type(manual('In containers'), path);
  cpSync(join(projectRoot, 'bench/faults/todo.yml'), join(path, 'faults.yml'));
  // One generator is one address.
  const http = join(path, 'nginx/application/http.conf');
  writeFileSync(http, readFileSync(http, 'utf8').replace(/^limit_req.*\n/gm, ''));
  const headers = { Authorization: 'Bearer a-token-for-faults' };
  let count = 0;
  const question = (): Question => {
    count += 1;
    if (count % 2 === 0) return { path: `/api/todos?n=${count}`, headers };
    return { path: `/api/todos?n=${count}`, headers, body: { title: `todo ${count}` } };
  };
  const acknowledged = new Set<number>();
  const environment = {
    TODO_TOKEN: 'a-token-for-faults',
    TODO_TAG: 'test',
    FAULT_INJECT: join(projectRoot, 'bench/faults/inject'),
    WEB_CONCURRENCY: String(WORKERS),
    LOG_LEVEL: 'warn',
  };
  const tree = { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  const files = ['docker-compose.yml', 'faults.yml'];
  const subject = await bring('todo', files, environment, question, async () => {}, tree);
  return {
    ...subject,
    judge({ status, body }) {
      if (status === 503 && body.includes('"/problems/overloaded"')) return 'shed';
      if (status === 201) acknowledged.add((JSON.parse(body) as { id: number }).id);
      return status === 200 || status === 201 ? 'good' : 'lost';
    },
    async missing() {
      let missing = 0;
      for (const id of acknowledged) {
        const { status } = await ask(subject.origin, { path: `/api/todos/${id}`, headers }, false);
        if (status !== 200) missing += 1;
      }
      const words = `${acknowledged.size} POSTs acknowledged, ${missing} of them missing`;
      acknowledged.clear();
      return words;
    },
  };
}
