import type { Logger } from './logger.js';

/**
 * An error that nobody caught ends the process: logged once, then `end` may answer what is in flight for a moment.
 * PM2 brings listeners of its own, under which a rejected promise changes nothing and the worker lives on, half dead.
 * @param end gives other requests a moment; the process exits 1 when it is done, or at once at a second error
 */
export function onCrash(log: Logger, end: () => Promise<unknown>): void {
  let crashed = false;
  const crash = (kind: string) => (err: unknown) => {
    if (crashed) process.exit(1);
    crashed = true;
    log.fatal({ err }, kind);
    end().finally(() => process.exit(1));
  };
  process.removeAllListeners('uncaughtException').on('uncaughtException', crash('an error that nobody caught'));
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', crash('a rejection that nobody handled'));
}
