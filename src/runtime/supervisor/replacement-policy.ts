/** A worker that has just been started in another's place, as seen at one moment. */
export interface Newcomer {
  /** Since it was asked for. */
  ageMs: number;
  /** PM2's word for it; null when PM2 has no such entry any more. */
  status: string | null;
  /** PM2 had to start it again. */
  restarts: number;
  /** For how long it has been ready without a break; null when it is not. */
  readyForMs: number | null;
}

export interface Patience {
  /** Not ready after this: it never will be. */
  readyLimitMs: number;
  /** Ready for this long: it will stay so. */
  calmMs: number;
}

/** What to do about a newcomer: wait, let it take its place, or take it back (and why). */
export type Verdict = { step: 'wait' } | { step: 'accept' } | { step: 'reject'; reason: string };

/** Judges a newcomer: a worker that ends even once is none to put one's trust in. */
export function judge({ ageMs, status, restarts, readyForMs }: Newcomer, { readyLimitMs, calmMs }: Patience): Verdict {
  if (status === null) return { step: 'reject', reason: 'it has disappeared' };
  const hasEnded = restarts > 0 || status === 'waiting restart';
  if (hasEnded) return { step: 'reject', reason: 'it ended after its start' };
  if (status !== 'online' && status !== 'launching') return { step: 'reject', reason: `PM2 calls it ${status}` };
  if (readyForMs !== null && readyForMs >= calmMs) return { step: 'accept' };
  if (ageMs >= readyLimitMs) return { step: 'reject', reason: `it was not ready after ${readyLimitMs / 1_000} s` };
  return { step: 'wait' };
}

/** What a replacement that was broken off has left: the numbers of both workers, where they were known. */
export interface BrokenOff {
  oldId: number;
  newId: number | null;
}

/**
 * What is to be removed after a replacement was broken off by the end of whoever made it.
 * @param entries PM2's, as they are now
 * @returns the newcomer's number while the old worker is there and not on its way out, else null
 */
export function leftOver({ oldId, newId }: BrokenOff, entries: { pmId: number; status: string }[]): number | null {
  const old = entries.find(({ pmId }) => pmId === oldId);
  const isThere = entries.some(({ pmId }) => pmId === newId);
  return newId !== null && isThere && old !== undefined && old.status !== 'stopping' ? newId : null;
}
