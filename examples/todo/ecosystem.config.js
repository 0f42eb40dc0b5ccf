import { environment } from './dist/config.js';
import { cluster } from './dist/runtime/cluster.js';

export const apps = cluster({ name: 'todo', environment });
