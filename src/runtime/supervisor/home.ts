import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the PM2 that runs here has its sockets: `npm start` gives it a home inside the project, an image one in its
 * environment.
 * @param ownHome as PM2 itself would choose
 */
export function runningPm2Home(ownHome: string): string {
  const project = join(process.cwd(), 'var/pm2');
  return !existsSync(join(ownHome, 'rpc.sock')) && existsSync(join(project, 'rpc.sock')) ? project : ownHome;
}
