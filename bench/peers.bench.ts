import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Peer, peers, WORKERS } from './peers/peers.js';
import { table } from './tables.js';

const PER_SECOND = 100;
const PATIENCE_MS = 10_000;
const START_LIMIT_MS = 60_000;
/** Whoever has not answered all again by then never will. */
const WHOLE_LIMIT_MS = 30_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** @returns the status of a whole answer; 0 without one */
function ask(port: number, method: string, path: string, agent: Agent | false, limitMs = PATIENCE_MS): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, method, path, agent }, (response) => {
      response.resume();
      response.once('close', () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
    });
    const timer = setTimeout(() => asked.destroy(), limitMs);
    asked.once('close', () => clearTimeout(timer));
    asked.once('error', () => resolve(0));
    asked.end();
  });
}

/** Constant load on kept connections, every other request a POST. */
function load(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'fifo' });
  const open = new Set<Promise<void>>();
  let [sent, lost] = [0, 0];
  const began = performance.now();
  const timer = setInterval(() => {
    while (sent < ((performance.now() - began) * PER_SECOND) / 1_000) {
      const method = sent++ % 2 === 0 ? 'GET' : 'POST';
      const one = ask(port, method, `/work?n=${sent}`, agent)
        .then((status) => {
          if (status !== 200 && status !== 201) lost++;
        })
        .finally(() => open.delete(one));
      open.add(one);
    }
  }, 5);
  return {
    async stop(): Promise<string> {
      clearInterval(timer);
      await Promise.all(open);
      agent.destroy();
      return `${lost} of ${sent}`;
    },
  };
}

interface Running {
  peer: Peer;
  child: ChildProcess;
  port: number;
  said(): string;
}

/** Many questions on connections of their own, so that every worker is asked. */
const allAnswer = async (port: number): Promise<boolean> => {
  const asked = Array.from({ length: 12 }, () => ask(port, 'GET', '/work', false, 500));
  return (await Promise.all(asked)).every((status) => status === 200);
};

/** @returns seconds, or null when it took longer than the limit */
async function whole(port: number, limitMs: number): Promise<number | null> {
  const began = performance.now();
  for (let inRow = 0; performance.now() - began < limitMs; inRow = (await allAnswer(port)) ? inRow + 1 : 0) {
    if (inRow === 3) return (performance.now() - began) / 1_000;
    await pause(100);
  }
  return null;
}

async function start(peer: Peer): Promise<Running> {
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...peer.env, PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn(process.execPath, peer.command, { cwd: peer.directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  const running = { peer, child, port, said: () => said };
  if ((await whole(port, START_LIMIT_MS)) === null) {
    await end(running);
    throw new Error(`${peer.name} does not answer:\n${said}`);
  }
  return running;
}

/** Ends it, with SIGKILL where it does not end itself. */
async function end({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 60_000);
  await closed;
  clearTimeout(kill);
}

async function replaced({ peer, port, child }: Running): Promise<string> {
  const clients = load(port);
  await pause(1_000);
  for (let i = 0; i < 2; i++) {
    await peer.replace(child.pid ?? 0);
    await whole(port, WHOLE_LIMIT_MS);
  }
  await pause(1_000);
  return clients.stop();
}

async function crashed({ port }: Running): Promise<string> {
  const clients = load(port);
  await pause(1_000);
  for (let i = 0; i < 3; i++) {
    await ask(port, 'GET', '/crash', false);
    await pause(500);
    await whole(port, WHOLE_LIMIT_MS);
  }
  await pause(1_000);
  return clients.stop();
}

async function hung({ port, said }: Running): Promise<string> {
  const clients = load(port);
  await pause(1_000);
  ask(port, 'GET', '/hang', false, WHOLE_LIMIT_MS);
  await pause(200);
  const seconds = await whole(port, WHOLE_LIMIT_MS);
  const lost = await clients.stop();
  const stack = said().includes('hangHere') ? 'its stack in the log' : 'no stack';
  return `${lost}; ${seconds === null ? 'hangs for ever' : `all answer after ${seconds.toFixed(0)} s`}, ${stack}`;
}

async function stopped({ child, port }: Running): Promise<string> {
  const slow = Array.from({ length: 8 }, () => ask(port, 'GET', '/slow', false));
  await pause(500);
  const began = performance.now();
  const closed = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [code, signal] = await closed;
  clearTimeout(kill);
  const answered = (await Promise.all(slow)).filter((status) => status === 200).length;
  return `${answered} of 8 answered, exit ${code ?? signal} after ${((performance.now() - began) / 1_000).toFixed(1)} s`;
}

/** What becomes of requests on the bare port under ways to run one and the same Nest application, in one run. */
export async function peersBench(): Promise<string> {
  const trials = { replaced, crashed, hung, stopped };
  const rows: string[][] = [];
  for (const make of peers) {
    const peer = await make();
    const row = [peer.name];
    for (const trial of Object.values(trials)) {
      const running = await start(peer);
      try {
        row.push(await trial(running));
      } finally {
        await end(running);
      }
    }
    rmSync(peer.directory, { recursive: true, force: true });
    process.stderr.write(`${row.join(' | ')}\n`);
    rows.push(row);
  }
  const head = ['', 'replaced twice', 'crashed three times', 'a loop that hangs', 'SIGTERM during 8 requests of 1.5 s'];
  return [
    `One Nest application on its bare port, without nginx; ${WORKERS} workers but for the single process, ${PER_SECOND} requests a second on kept connections, every other a POST, none repeated. Lost of sent. "Replaced" is the runtime's reload, \`pm2 reload\`, \`wattpm restart\`, and stop and start; a crash is an error that nobody catches. A single process has nobody beside it while it is away: an orchestrator would need a second replica, and a proxy.`,
    '',
    table(head, rows),
  ].join('\n');
}
