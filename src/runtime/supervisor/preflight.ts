import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { createInterface } from 'node:readline';

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
 * Boots the program as it would boot as a worker, on a port that nobody knows, asks whether it is ready, and ends it. So a
 * broken build, a wrong setting, a database that it cannot use and a planner that cannot plan are found beforehand.
 * @param script the program, as PM2 would start it
 * @param env the environment that the workers have
 * @throws Error saying in a line why it cannot be used
 */
export async function preflight(script: string, env: Record<string, string>): Promise<void> {
  const alone = Object.entries(env).filter(([name]) => !pm2Variables.includes(name));
  const child = spawn(process.execPath, [script], {
    env: { ...Object.fromEntries(alone), PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text;
  });
  const listening = Promise.withResolvers<number>();
  createInterface(child.stdout).on('line', (line) => {
    const [, port] = /"address":\{[^}]*"port":(\d+)/.exec(line) ?? [];
    if (port) listening.resolve(Number(port));
  });
  child.once('close', (code) => {
    // The program's own complaint is one line; Node's has the message below the place.
    const lines = complaint.split('\n').filter((line) => line.trim() !== '');
    const said = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0];
    listening.reject(new Error(said ?? `it ended with ${code}`));
  });
  const timer = setTimeout(() => listening.reject(new Error(`it was not ready after ${limitMs / 1_000} s`)), limitMs);
  try {
    const status = await statusOf(await listening.promise);
    if (status !== 'ready') throw new Error(`it is not ready: ${status}`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}
