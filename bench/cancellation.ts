import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CANCELLED, Cancelled, GO_ON, type StopFlag } from '../src/planning/planner/stop.js';

/** Sets the flag so many milliseconds after it is told to, and writes down when. */
const CANCELLER = `
  const { workerData: { flag, delay, at }, parentPort } = require('node:worker_threads');
  parentPort.on('message', () => {
    Atomics.wait(delay, 1, 0, delay[0] / 1000);
    at[0] = process.hrtime.bigint();
    Atomics.store(flag, 0, ${CANCELLED});
  });
  parentPort.postMessage('ready');
`;

/**
 * Milliseconds from a cancellation in another thread until the work is gone.
 * @param work is given the flag, and does not end by itself within the delays
 * @param delaysMs after how long to cancel, one run each
 */
export async function cancellationsMs(work: (stop: StopFlag) => void, delaysMs: number[]): Promise<number[]> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const delay = new Int32Array(new SharedArrayBuffer(8));
  const at = new BigInt64Array(new SharedArrayBuffer(8));
  const canceller = new Worker(CANCELLER, { eval: true, workerData: { flag, delay, at } });
  try {
    await once(canceller, 'message');
    const took: number[] = [];
    for (const ms of delaysMs) {
      Atomics.store(flag, 0, GO_ON);
      delay[0] = Math.round(1000 * ms);
      canceller.postMessage('go');
      try {
        for (;;) work(flag);
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
        took.push(Number(process.hrtime.bigint() - at[0]!) / 1e6);
      }
    }
    return took;
  } finally {
    await canceller.terminate();
  }
}
