import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, until } from './stack.js';

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** A certificate that nobody has signed. @returns its folder, readable for nginx */
export function certificates(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-certificates-'));
  const [key, chain] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    chain,
  ];
  if (spawnSync('openssl', made).status !== 0) throw new Error('openssl makes no certificate');
  chmodSync(folder, 0o755);
  chmodSync(key, 0o644);
  return folder;
}

/** nginx as compose runs it, with nothing behind it. */
export interface Front {
  http: number;
  https: number;
  /** All that it has written. */
  log(): string;
  remove(): void;
}

/**
 * @param environment what compose would give it
 * @param tls with HTTPS beside the redirect to it, as deploy/compose/tls.yml does
 */
export async function front(environment: Record<string, string>, tls = false): Promise<Front> {
  const folder = certificates();
  const from = join(projectRoot, 'nginx');
  const id = docker(
    ...['run', '--detach', '--init', '--read-only', '--tmpfs', '/tmp', '--add-host', 'api:127.0.0.1'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['--volume', `${from}:/etc/nginx:ro`, '--volume', `${folder}:/run/certificates:ro`],
    ...(tls ? ['--volume', `${join(from, 'tls')}:/etc/nginx/servers:ro`] : []),
    ...['--publish', '127.0.0.1::8080', '--publish', '127.0.0.1::8443', 'nginxinc/nginx-unprivileged:1.30'],
    ...['sh', '-c', 'sh /etc/nginx/settings >/tmp/settings.conf && exec nginx -g "daemon off;"'],
  );
  const port = (inside: number) => Number(docker('port', id, String(inside)).split('\n', 1)[0]!.split(':').at(-1));
  const made = {
    log: () => {
      const { stdout, stderr } = spawnSync('docker', ['logs', id], { encoding: 'utf8' });
      return stdout + stderr;
    },
    remove: () => {
      docker('rm', '--force', id);
      rmSync(folder, { recursive: true });
    },
  };
  try {
    const [http, https] = [port(8080), port(8443)];
    await until('nginx', 20_000, () => fetch(`http://127.0.0.1:${http}/`, { redirect: 'manual' }));
    return { http, https, ...made };
  } catch (error) {
    const said = made.log();
    made.remove();
    throw new Error(`${(error as Error).message}\n${said}`);
  }
}
