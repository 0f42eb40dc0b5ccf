/**
 * Every limit in time, in one chain: each is chosen against its neighbours, and a test holds the files of nginx and of
 * compose to the same chain. Workers, supervisor and PM2's file all read this one.
 */

/** A main loop that has not turned for this long, with a processor to be had, is hung: the watchdog ends its worker. */
export const hangLimitMs = 5_000;

/** An answer that takes longer than this is given up with a 503; a route of its own may take longer (MAX_DEADLINE_MS). */
export const requestDeadlineMs = 10_000;

/** A health check that takes longer than this has failed. */
export const healthCheckLimitMs = 2_000;

/** nginx waits this long for a worker: longer than the deadline, so that the worker's own answer wins. */
export const proxyReadTimeoutMs = 15_000;

/** nginx stops trying other workers for one request after this. */
export const proxyNextUpstreamTimeoutMs = 30_000;

/** nginx closes an idle connection to a worker after this: short, because a draining worker waits for it. */
export const proxyKeepAliveMs = 5_000;

/** A draining worker keeps answering on its idle connections for this long: longer than nginx keeps them. */
export const quietPeriodMs = 6_000;

/** Node's own keep-alive, above nginx's, so that it is never Node that closes a connection nginx is about to use. */
export const keepAliveTimeoutMs = 75_000;

/** Reading the headers of a request; nginx sends them in one piece. */
export const headersTimeoutMs = 15_000;

/** Reading a whole request. */
export const requestTimeoutMs = 30_000;

/** What is in flight beside a crash may still be answered for this long. */
export const crashDrainCapMs = 2_000;

/** A worker that is not ready by now exits 1: sooner than PM2 takes it for online all the same. */
export const bootLimitMs = 25_000;

/** PM2 takes a worker that has not said `ready` by now for online all the same. */
export const listenTimeoutMs = 30_000;

/** Turns of the event loop that are later than this at the median of a second: new requests are refused. */
export const shedLoopDelayMs = 500;

/** A new worker must have been ready for this long before an old one ends for it. */
export const canaryCalmMs = 5_000;

/** No worker has become ready for this long: the supervisor ends, and with it the container, which says so by its exit code. */
export const hopelessMs = 60_000;

/** A stream that has been told that its worker ends is cut after this. */
export const streamDrainMs = 10_000;

/** A process that was started for a trial must have ended this long after it was asked to. */
export const trialStopMs = 10_000;

/** How long a stop may take, which follows from how long a request may. */
export interface StopTimes {
  /** A drain that is not done by now exits 1 and says what was left. */
  drainCapMs: number;
  /** PM2 sends SIGKILL after this. */
  killTimeoutMs: number;
  /** The container's own grace (`stop_grace_period`): PM2 stops ten workers at a time, and twenty processes must fit. */
  stopGracePeriodMs: number;
}

/** @param maxDeadlineMs the longest that any route may take */
export function stopTimes(maxDeadlineMs: number = requestDeadlineMs): StopTimes {
  const drainCapMs = quietPeriodMs + Math.max(maxDeadlineMs, streamDrainMs) + 4_000;
  const killTimeoutMs = drainCapMs + 5_000;
  return { drainCapMs, killTimeoutMs, stopGracePeriodMs: 2 * killTimeoutMs + 10_000 };
}
