import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stopTimes } from '../times.js';

/** One of PM2's entries: a process that it keeps running. */
export interface Entry {
  pmId: number;
  pid: number;
  status: string;
  /** How often PM2 has started it again by itself. */
  restarts: number;
  /** The environment that it was started with. */
  env: Record<string, string>;
  script: string;
}

interface RawEntry {
  name: string;
  pm_id: number | string;
  pid: number;
  pm2_env: {
    status: string;
    restart_time: number;
    env: Record<string, unknown>;
    pm_exec_path: string;
    kill_timeout?: number;
  };
}

interface Sock {
  connect(path: string): void;
  close(): void;
  on(event: string, listener: (error: Error) => void): void;
}
interface RpcClient {
  call(method: string, argument: unknown, done: (error: Error | null, result: unknown) => void): void;
}

// PM2's whole library is 20 MB of memory; this is the part of it that talks to the running PM2.
const require = createRequire(import.meta.url);
const axon: { socket(kind: 'req'): Sock } = require('pm2/modules/pm2-axon');
const rpc: { Client: new (sock: Sock) => RpcClient } = require('pm2/modules/pm2-axon-rpc');

/** PM2 is asked on a connection of its own each time: it may have been replaced in between. */
export class Pm2 {
  /** After how long it sends SIGKILL, by entry, as of the last list. */
  readonly #killTimeoutsMs = new Map<number, number>();

  constructor(
    private readonly home: string,
    private readonly name: string,
  ) {}

  /** The entries of the application, by number; an entry that a reload by hand has set aside is left out. */
  async list(): Promise<Entry[]> {
    const all = (await this.#call('getMonitorData', {}, 5_000)) as RawEntry[];
    for (const { pm_id, pm2_env } of all) {
      if (pm2_env.kill_timeout) this.#killTimeoutsMs.set(Number(pm_id), pm2_env.kill_timeout);
    }
    return all
      .filter(({ name, pm_id }) => name === this.name && typeof pm_id === 'number')
      .map(({ pm_id, pid, pm2_env }) => ({
        pmId: Number(pm_id),
        pid,
        status: pm2_env.status,
        restarts: pm2_env.restart_time,
        script: pm2_env.pm_exec_path,
        env: Object.fromEntries(
          Object.entries(pm2_env.env).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
        ),
      }))
      .sort((a, b) => a.pmId - b.pmId);
  }

  /**
   * Starts one more like `pmId`. Returns when it says that it is ready, has ended, or has taken too long to say either.
   * @returns its number
   */
  async duplicate(pmId: number, limitMs: number): Promise<number> {
    const started = (await this.#call('duplicateProcessId', pmId, limitMs)) as { pm2_env: { pm_id: number } };
    return started.pm2_env.pm_id;
  }

  /** Asks the process to stop, waits until it has, and keeps the entry; one that waits to be started again no longer does. */
  async stop(pmId: number): Promise<void> {
    await this.#call('stopProcessId', pmId, this.#stopLimitMs(pmId));
  }

  /** Asks the process to stop, waits until it has, and forgets the entry. */
  async remove(pmId: number): Promise<void> {
    await this.#call('deleteProcessId', pmId, this.#stopLimitMs(pmId));
  }

  /** PM2 answers when the process has ended, and it ends by SIGKILL at the latest. */
  #stopLimitMs(pmId: number): number {
    return (this.#killTimeoutsMs.get(pmId) ?? stopTimes().killTimeoutMs) + 5_000;
  }

  #call(method: string, argument: unknown, limitMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sock = axon.socket('req');
      const done = (error: Error | null, result?: unknown) => {
        clearTimeout(timer);
        sock.close();
        if (error) reject(error);
        else resolve(result);
      };
      const timer = setTimeout(() => done(new Error(`PM2 did not answer ${method} within ${limitMs} ms`)), limitMs);
      sock.on('error', (error) => done(new Error(`PM2 cannot be reached: ${error.message}`)));
      sock.on('reconnect attempt', () => done(new Error(`PM2 cannot be reached at ${this.home}`)));
      sock.connect(join(this.home, 'rpc.sock'));
      new rpc.Client(sock).call(method, argument, done);
    });
  }
}
