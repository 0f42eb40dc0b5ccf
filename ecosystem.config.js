/** What PM2 runs: follows from the environment (src/config.ts), the machine, and the runtime's chain of times. */
import { environment, needs } from './dist/config.js';
import { cluster } from './dist/runtime/cluster.js';

export const apps = cluster({ name: 'loopwright', environment, needs });
