/**
 * A flag in shared memory by which whoever asked for a plan stops it. The planner knows no clock: a fuse that blows is the
 * same flag with another value, set from outside.
 */
export const GO_ON = 0;
/** Nobody wants the answer any more. */
export const CANCELLED = 1;
/** Answer with what has been found so far. */
export const OUT_OF_TIME = 2;
/** Go on when the plans of others that wait have been made. */
export const OTHERS_WAIT = 3;

export type StopFlag = Int32Array;

/** Thrown out of the inner loops when the flag says CANCELLED. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

const waysToOthers = new WeakMap<StopFlag, () => void>();

/**
 * Says how a plan gives way: wherever it looks at its flag and that says OTHERS_WAIT, other plans are made in between, on
 * top of its stack. What one plan works with no other touches, so its answer is the same.
 */
export function giveWayBy(stop: StopFlag, makeOthers: () => void): void {
  waysToOthers.set(stop, makeOthers);
}

/**
 * Gives way to others first when the flag says so.
 * @throws Cancelled when nobody wants the answer any more
 */
export function throwIfCancelled(stop: StopFlag): void {
  let state = Atomics.load(stop, 0);
  if (state === OTHERS_WAIT) {
    Atomics.compareExchange(stop, 0, OTHERS_WAIT, GO_ON);
    waysToOthers.get(stop)?.();
    state = Atomics.load(stop, 0);
  }
  if (state === CANCELLED) throw new Cancelled('the plan was cancelled');
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
