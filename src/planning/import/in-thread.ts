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
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  thread.on('message', (report: Report) => {
    if (report.tells === 'next') progress.next();
    else if (report.tells === 'advance') progress.advance(report.part);
    else if (report.tells === 'done') resolve(report.outcome);
    else if (report.tells === 'failure') reject(new Error(report.line));
    else if (!signal.aborted) {
      tooLate();
      thread.postMessage('granted');
    }
  });
  thread.on('error', (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(isMemory ? new Error(`the import needs more than ${maxOldGenerationSizeMb} MB of memory`) : error);
  });
  thread.on('exit', () => reject(new Error('the import ended before it was done')));
  open?.().then((file) => thread.postMessage(file), reject);
  return promise;
}
