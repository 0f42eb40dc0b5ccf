import type { RecycleLimits } from './recycle-policy.js';

/** What PM2's file hands over to the supervisor, as one argument of JSON: it has read the environment already. */
export interface SupervisorSettings {
  /** PM2's name for the workers. */
  name: string;
  pm2Home: string;
  /** Of the workers' sockets. */
  directory: string;
  workers: number;
  host: string;
  port: number;
  limits: RecycleLimits;
}
