/**
 * A flag in shared memory by which whoever asked for a plan stops it. The planner knows no clock: a fuse that blows is the
 * same flag with another value, set from outside.
 */
export const GO_ON = 0;
/** Nobody wants the answer any more. */
export const CANCELLED = 1;
/** Answer with what has been found so far. */
export const OUT_OF_TIME = 2;

export type StopFlag = Int32Array;

/** Thrown out of the inner loops when the flag says CANCELLED. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** @throws Cancelled when nobody wants the answer any more */
export function throwIfCancelled(stop: StopFlag): void {
  if (Atomics.load(stop, 0) === CANCELLED) throw new Cancelled('the plan was cancelled');
}

/** Units of work, an edge or a settled node each, between two looks at the flag: well under a millisecond. */
const LOOK_UP_EVERY = 2_048;

/**
 * The same, but looks only every so often.
 * @param done units of work so far
 * @throws Cancelled when nobody wants the answer any more
 */
export function lookUpAfter(done: number, stop: StopFlag): void {
  if (done % LOOK_UP_EVERY === 0) throwIfCancelled(stop);
}

export const neverStop = (): StopFlag => new Int32Array(1);
