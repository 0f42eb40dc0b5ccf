import type { INestApplication } from '@nestjs/common';
import { LoopDelay } from '../../../src/runtime/process/loop-delay.js';

/**
 * Lets a worker take its loop for one that is never late. Here it shares it with the tests and with other workers, which hold it
 * at times, and would refuse what is asked; shedding has specs of its own.
 */
export function calm(app: INestApplication): void {
  Object.defineProperty(app.get(LoopDelay), 'last', { value: { p50Ms: 0, p99Ms: 0, utilization: 0 } });
}
