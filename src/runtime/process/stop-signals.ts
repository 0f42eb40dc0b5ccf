import cluster from 'node:cluster';

/**
 * Calls back once, at the first wish that this process end: SIGINT or SIGTERM, PM2's message `shutdown`, or the loss of
 * PM2 itself. Later ones change nothing: PM2 sends a second signal when a stop takes longer than about seven seconds.
 * @param stop hears which it was
 */
export function onStop(stop: (reason: string) => void): void {
  let asked = false;
  const once = (reason: string) => () => {
    if (asked) return;
    asked = true;
    stop(reason);
  };
  const message = once('shutdown message');
  process.on('SIGINT', once('SIGINT'));
  process.on('SIGTERM', once('SIGTERM'));
  process.on('message', (text) => {
    if (text === 'shutdown') message();
  });
  const { worker } = cluster;
  if (!worker) return;
  const orphaned = once('PM2 is gone');
  worker.on('disconnect', () => {
    // Node ends a worker that has lost its primary at once, unless it believes the parting to be agreed.
    worker.exitedAfterDisconnect = true;
    orphaned();
  });
}
