import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Interruption } from './interruptible.js';
import type { Job, Outcome, Report } from './job.js';
import type { Progress } from './progress.js';

const THREAD = new URL('./import.thread.js', import.meta.url);

/**
 * Does a job in a thread of its own.
 * @param open gives the number of an open file that the job is about; called at once, while the thread gets ready
 * @throws Error in one line when it fails, or when it needs more memory than the program may take
 */
export function inThread(
  job: Job,
  progress: Progress,
  { signal, tooLate }: Interruption,
  open?: () => Promise<number>,
): Promise<Outcome> {
  // A thread is given less than the program would have by itself.
  const maxOldGenerationSizeMb = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  const thread = new Worker(THREAD, { workerData: job, resourceLimits: { maxOldGenerationSizeMb } });
  let end: Report | { tells: 'error'; error: Error } | null = null;
  thread.on('message', (report: Report) => {
    if (report.tells === 'next') progress.next();
    else if (report.tells === 'advance') progress.advance(report.part);
    else if (report.tells !== 'tooLate') end = report;
    else if (!signal.aborted) {
      tooLate();
      thread.postMessage('granted');
    }
  });
  const fail = (error: NodeJS.ErrnoException): void => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const memory = new Error(`the import needs more than ${maxOldGenerationSizeMb} MB of memory`);
    end ??= { tells: 'error', error: isMemory ? memory : error };
  };
  const stop = (): void => void thread.terminate();
  thread.on('error', fail);
  signal.addEventListener('abort', stop);
  open?.().then(
    (file) => thread.postMessage(file),
    (error) => {
      fail(error);
      stop();
    },
  );
  // Not before the thread is gone: a program that exits while one of its threads does has been seen to crash.
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  thread.on('exit', () => {
    signal.removeEventListener('abort', stop);
    if (end?.tells === 'done') resolve(end.outcome);
    else if (end?.tells === 'failure') reject(new Error(end.line));
    else if (end?.tells === 'error') reject(end.error);
    else reject(new Error('the import ended before it was done'));
  });
  return promise;
}
