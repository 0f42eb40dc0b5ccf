import type { z } from 'zod';
import type {
  loopAnswer,
  loopsAnswer,
  placesAnswer,
  regionsAnswer,
  trailheadsAnswer,
} from '../src/planning/api/docs/answers.js';
import type { mapAnswer } from '../src/planning/api/docs/map-answers.js';

export type Loops = z.output<typeof loopsAnswer>;
/** What a loop passes is told by newer servers alone. */
export type Loop = Loops['features'][number] & { properties: { passes?: Pass[] } };
export type Places = z.output<typeof placesAnswer>;
export type FoundPlace = Places['features'][number];
export type Trailheads = z.output<typeof trailheadsAnswer>;
export type Region = z.output<typeof regionsAnswer>['regions'][number];

export interface Pass {
  kind: string;
  name: string | null;
  alongMeters: number;
  elevationMeters?: number | null;
}

/** What `/v1/map` tells. */
export type MapFacts = z.output<typeof mapAnswer>;

const headers = { Accept: 'application/json' };

/** An answer that is none: what the server says is wrong, or that there was no server. */
export class Refusal extends Error {
  constructor(
    /** The slug of the problem, `unreachable` or `offline`. */
    readonly kind: string,
    message: string,
    readonly body: { regions?: { name: string; bbox: number[] }[]; suggestions?: string[] } = {},
  ) {
    super(message);
  }
}

let ahead: { path: string; response: Promise<Response> } | null = null;

/** Sends a question that is sure to come, before the page is there to ask it. */
export function askAhead(path: string): void {
  const response = fetch(path, { headers });
  response.catch(() => {});
  ahead = { path, response };
}

/** @throws Refusal; AbortError when the signal says so */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    const sent = ahead?.path === path ? ahead.response : null;
    ahead = null;
    response = await (sent ?? fetch(path, { signal: signal ?? null, headers }));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal('unreachable', (error as Error).message);
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body as T;
  const slug = String(body.type ?? '').replace(/^.*\//, '');
  throw new Refusal(
    response.status >= 500 || response.status === 429 ? 'busy' : slug,
    body.detail ?? response.statusText,
    body,
  );
}

export const askLoops = (query: URLSearchParams, signal: AbortSignal): Promise<Loops> =>
  ask(`/v1/loops?${query}`, signal);
export const askLoop = (id: string, signal: AbortSignal): Promise<z.output<typeof loopAnswer>> =>
  ask(`/v1/loops/${encodeURIComponent(id)}`, signal);
export const askPlaces = (q: string, signal: AbortSignal): Promise<Places> =>
  ask(`/v1/places?${new URLSearchParams({ q, count: '8' })}`, signal);
export const askTrailheads = (near: string, minutes: number, signal: AbortSignal): Promise<Trailheads> =>
  ask(`/v1/trailheads?${new URLSearchParams({ near, drive: `${minutes}min` })}`, signal);
export const askRegions = (): Promise<{ regions: Region[] }> => ask('/v1/regions');
