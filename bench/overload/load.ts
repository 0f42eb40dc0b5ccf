import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../tables.js';

/** What became of one question; the status is 0 when there was no answer. */
export interface Told {
  status: number;
  ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

/** Asks as one client of many: the server believes its neighbour for whom it asks. */
export function ask(base: string, path: string, client: string): Promise<Told> {
  const { promise, resolve } = Promise.withResolvers<Told>();
  const begun = performance.now();
  const end = (status: number): void => resolve({ status, ms: performance.now() - begun });
  get(base + path, { agent, headers: { 'X-Forwarded-For': client } }, (response) => {
    response.resume();
    response.on('close', () => end(response.complete ? response.statusCode! : 0));
  }).on('error', () => end(0));
  return promise;
}

/** One question after another, until the time is over. */
export async function inARow(seconds: number, next: () => Promise<Told>): Promise<Told[]> {
  const told: Told[] = [];
  for (const end = performance.now() + 1_000 * seconds; performance.now() < end; ) told.push(await next());
  return told;
}

/** So many questions a second, whether or not those before are answered. */
export async function atRate(perSecond: number, seconds: number, next: (n: number) => Promise<Told>): Promise<Told[]> {
  const asked: Promise<Told>[] = [];
  const begun = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const earlyMs = begun + (1_000 * n) / perSecond - performance.now();
    if (earlyMs > 1) await pause(earlyMs);
    asked.push(next(n));
  }
  return await Promise.all(asked);
}

/** Milliseconds of those that were answered, of those that were refused, and how many had neither. */
export function sorted(told: Told[]): { answered: number[]; refused: number[]; lost: number } {
  const of = (...statuses: number[]): number[] =>
    told.filter(({ status }) => statuses.includes(status)).map(({ ms }) => ms);
  const [answered, refused] = [of(200), of(429, 503)];
  return { answered, refused, lost: told.length - answered.length - refused.length };
}

export const p95 = (ms: number[]): string => (ms.length > 0 ? quantile(ms, 0.95).toFixed(0) : '–');
