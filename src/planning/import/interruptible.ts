import { setTimeout } from 'node:timers/promises';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** How long work that was told to stop is waited for, so that it leaves in good order. */
const GRACE_MS = 1_000;

/** Someone asked the program to stop, and it could. */
export class Interrupted extends Error {
  override name = 'Interrupted';

  constructor(readonly exitCode: number) {
    super('interrupted; the database is as it was');
  }
}

export interface Interruption {
  signal: AbortSignal;
  /** From here on the work is as good as done: signals change nothing any more. */
  tooLate(): void;
}

/**
 * Runs work that SIGINT and SIGTERM end. They are heard while it waits: long computations belong into a thread.
 * @throws Interrupted a second after such a signal at the latest; the work may still be waiting for something then, so the
 *   process should exit
 */
export async function interruptible<T>(work: (interruption: Interruption) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const stop = (name: keyof typeof EXIT_CODES): void => {
    const error = new Interrupted(EXIT_CODES[name]);
    controller.abort(error);
    reject(error);
  };
  const deaf = (): void => {};
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const leave = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  const interruption: Interruption = {
    signal: controller.signal,
    tooLate() {
      process.on('SIGINT', deaf);
      process.on('SIGTERM', deaf);
      leave();
    },
  };
  const working = work(interruption);
  try {
    return await Promise.race([working, interrupted]);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    await Promise.race([working.catch(() => {}), setTimeout(GRACE_MS, null, { ref: false })]);
    throw controller.signal.reason;
  } finally {
    leave();
    process.off('SIGINT', deaf);
    process.off('SIGTERM', deaf);
  }
}
