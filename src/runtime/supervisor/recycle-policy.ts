/** What makes a worker due; absent means never. */
export interface RecycleLimits {
  maxRequests?: number;
  maxLifetimeSeconds?: number;
  maxRssBytes?: number;
}

/** A worker, as far as recycling goes. */
export interface Recyclable {
  pmId: number;
  worker: number;
  ready: boolean;
  requests: number;
  uptimeSeconds: number;
  rssBytes: number;
}

export interface Due {
  pmId: number;
  cause: 'recycle' | 'memory';
  reason: string;
}

/** Workers that began together must not be due together: each has up to this share more of every limit. */
const spread = 0.2;

/** 0–1, always the same for a worker, different between neighbours: the supervisor may restart without drawing anew. */
export const jitter = (worker: number): number => (Math.imul(worker, 2_654_435_761) >>> 0) / 2 ** 32;

/**
 * Which worker is replaced next. One at a time, and none while a worker is missing: its replacement starts before it
 * ends, so there are never fewer than `wanted` ready.
 * @returns null when none is due, or not now
 */
export function nextDue(workers: Recyclable[], wanted: number, limits: RecycleLimits): Due | null {
  if (workers.filter(({ ready }) => ready).length < wanted) return null;
  let worst: (Due & { excess: number }) | null = null;
  for (const each of workers) {
    const stretch = 1 + spread * jitter(each.worker);
    const measures = [
      { cause: 'memory', name: 'MAX_RSS', value: each.rssBytes, limit: limits.maxRssBytes },
      { cause: 'recycle', name: 'MAX_REQUESTS', value: each.requests, limit: limits.maxRequests },
      { cause: 'recycle', name: 'MAX_LIFETIME', value: each.uptimeSeconds, limit: limits.maxLifetimeSeconds },
    ] as const;
    for (const { cause, name, value, limit } of measures) {
      // Memory is not stretched upwards: its limit is there because the machine has one.
      const excess = limit === undefined ? 0 : value / (limit * (cause === 'memory' ? 2 - stretch : stretch));
      if (excess < 1 || excess <= (worst?.excess ?? 0)) continue;
      worst = { pmId: each.pmId, cause, reason: `${name}: ${Math.round(value)} of ${limit}`, excess };
    }
  }
  return worst && { pmId: worst.pmId, cause: worst.cause, reason: worst.reason };
}
