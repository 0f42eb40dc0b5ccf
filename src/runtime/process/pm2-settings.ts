import { join } from 'node:path';

/** What PM2 reads from its environment before it reads ecosystem.config.js, and what goes wrong without it. */
const settings = [
  { name: 'NODE_CLUSTER_SCHED_POLICY', value: 'none', without: 'a killed worker takes connections with it' },
  { name: 'PM2_KILL_SIGNAL', value: 'SIGTERM', without: 'workers get SIGINT for a stop' },
  { name: 'PM2_CONCURRENT_ACTIONS', value: '1', without: 'pm2 reload replaces two workers at a time' },
  { name: 'PM2_DISABLE_VERSION_CHECK', value: 'true', without: 'PM2 asks the internet for its newest version' },
  { name: 'PM2_NO_INTERACTION', value: 'true', without: 'a SECRET_KEY and PUBLIC_KEY start the agent of a service' },
];

/** What to give PM2 in its environment. */
export const pm2Environment: Record<string, string> = {
  ...Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  // Lines of JSON are read by machines, which a date of PM2's own before them would stop.
  PM2_LOG_DATE_FORMAT: '',
};

/** @returns a line for each setting that the environment lacks: what it should be, and why */
export function missingPm2Settings(env: Record<string, string | undefined>): string[] {
  return settings
    .filter(({ name, value }) => env[name] !== value)
    .map(({ name, value, without }) => `${name}=${value}, else ${without}`);
}

/** Where PM2 keeps its sockets: as it decides itself. */
export const pm2Home = (env: Record<string, string | undefined>): string =>
  env.PM2_HOME || join(env.HOME || '/', '.pm2');

/** Where the workers keep theirs. */
export const workersDirectory = (home: string): string => join(home, 'workers');
