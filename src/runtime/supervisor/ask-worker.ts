import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Report } from '../process/report.js';

/** A worker on its private socket. */
export interface Socket {
  path: string;
  slot: number;
  worker: number;
}

/** A worker that takes longer than this to answer is busy or hung: it is missing from the picture, and that is all. */
const askLimitMs = 1_000;

/** @throws Error when there is no whole answer in time */
export function askWorker(socketPath: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(askLimitMs);
    const asked = request({ socketPath, path, agent: false, signal }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** The sockets in the workers' directory, the newest worker of a slot last. */
export function sockets(directory: string): Socket[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const [, slot, worker] = /^(\d+)-(\d+)\.sock$/.exec(name) ?? [];
      return worker === undefined ? [] : [{ path: join(directory, name), slot: Number(slot), worker: Number(worker) }];
    })
    .sort((a, b) => a.worker - b.worker);
}

/** Takes away what a worker that is gone has left. @returns why it ended, if it left word */
export function clearAway(socket: Socket): string | null {
  const word = `${socket.path}.cause`;
  try {
    return readFileSync(word, 'utf8');
  } catch {
    return null;
  } finally {
    rmSync(socket.path, { force: true });
    rmSync(word, { force: true });
  }
}

/** What a worker says of itself, and whether it says that it is ready. */
export interface Sighting extends Report {
  socket: Socket;
  ready: boolean;
}

/** @returns null when the worker does not answer; 'gone' when nobody listens on its socket any more */
export async function sight(socket: Socket): Promise<Sighting | null | 'gone'> {
  try {
    const [report, ready] = await Promise.all([askWorker(socket.path, '/report'), askWorker(socket.path, '/readyz')]);
    return { ...(JSON.parse(report.body) as Report), socket, ready: ready.status === 200 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ECONNREFUSED' || code === 'ENOENT' ? 'gone' : null;
  }
}
