import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { TRIAL } from '../process/trial.js';
import { trialStopMs } from '../times.js';

/** A process that is tried and thrown away must be ready within this. */
const limitMs = 40_000;

/** What PM2 puts into a worker's environment, and a process that stands alone must not find there. */
const pm2Variables = ['pm_id', 'NODE_APP_INSTANCE', 'NODE_UNIQUE_ID', 'PORT', 'HOST'];

const statusOf = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ port, path: '/readyz', agent: false }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve(response.statusCode === 200 ? 'ready' : body);
    }).on('error', reject);
  });

/**
 * Boots the program as it would boot as a worker, on a port that nobody knows, asks whether it is ready, and asks it to end.
 * So a broken build, a wrong setting and a part that it cannot use are found beforehand. The program can tell that it is on
 * trial (TRIAL in its environment), and leave jobs to the workers.
 * @param script the program, as PM2 would start it
 * @param env the environment that the workers have
 * @throws Error saying in a line why it cannot be used
 */
export async function preflight(script: string, env: Record<string, string>): Promise<void> {
  const alone = Object.entries(env).filter(([name]) => !pm2Variables.includes(name));
  const child = spawn(process.execPath, [script], {
    env: { ...Object.fromEntries(alone), PORT: '0', HOST: '127.0.0.1', [TRIAL]: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    complaint += text;
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let timer: NodeJS.Timeout | undefined;
  const listening = new Promise<number>((resolve, reject) => {
    // By message and not by its log, which a file of settings may have told to be silent.
    child.on('message', (message: { listening?: number }) => {
      if (message.listening) resolve(message.listening);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      // The program's own complaint is one line; Node's has the message below the place.
      const lines = complaint.split('\n').filter((line) => line.trim() !== '');
      const said = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0];
      reject(new Error(said ?? `it ended with ${code}`));
    });
    timer = setTimeout(() => reject(new Error(`it was not ready after ${limitMs / 1_000} s`)), limitMs);
  });
  try {
    const status = await statusOf(await listening);
    if (status !== 'ready') throw new Error(`it is not ready: ${status}`);
  } finally {
    clearTimeout(timer);
    // What it has opened it may close; what it has begun it may finish.
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), trialStopMs);
    await ended;
    clearTimeout(kill);
  }
}
