import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { environment } from '../../src/config.js';
import { times } from '../../src/runtime/cluster.js';
import { liftedTodo, manual, type } from '../process/lift.js';
import { describeStack } from './describe-stack.js';
import { projectRoot } from './stack.js';

const unit = join(projectRoot, 'deploy/systemd/loopwright.service');
const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

/** The settings that PM2 reads from the environment before it reads ecosystem.config.js. */
const pm2Settings = (text: string): string[] =>
  [...text.matchAll(/\b((?:PM2_(?!HOME)|NODE_CLUSTER_)\w+=\S*)/g)].map((match) => match[1]!).sort();

test('PM2 is set up alike in the image and on a plain machine', () => {
  const settings = pm2Settings(read('Dockerfile'));
  expect(settings.length).toBeGreaterThan(5);
  expect(pm2Settings(readFileSync(unit, 'utf8'))).toEqual(settings);
});

test('every setting of the program can be given to the container, but for those that are about its inside', () => {
  const passed = [...read('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map((match) => match[1]);
  const inside = ['HOST', 'PORT'];
  expect(passed).toEqual(
    expect.arrayContaining(Object.keys(environment.shape).filter((name) => !inside.includes(name))),
  );
});

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0 ? test : test.skip;
analyze('the unit is exposed by at most 2.0, as `systemd-analyze security` counts', () => {
  const { status, stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit]);
  expect([status, String(stdout)]).toEqual([0, expect.stringContaining('Overall exposure level')]);
});

describeStack('nginx accepts', { needsExtract: false }, () => {
  const mount = (from: string, to: string): string[] => ['--volume', `${join(projectRoot, from)}:${to}:ro`];
  const check = (image: string, ...options: string[]): string =>
    spawnSync('docker', ['run', '--rm', ...options, image, 'nginx', '-t'], { encoding: 'utf8' }).stderr;

  test('the configuration for a plain machine, with the snippets of the container', () => {
    const files = [
      ...mount('deploy/systemd/nginx.conf', '/etc/nginx/nginx.conf'),
      ...mount('nginx/snippets', '/etc/nginx/snippets'),
      ...mount('nginx/application', '/etc/nginx/application'),
    ];
    expect(check('nginx:1.30', ...files)).toContain('test is successful');
  });

  test('what the manual of examples/todo puts together, and compose the rest of it', () => {
    const directory = liftedTodo();
    type(manual('In containers'), directory);
    const files = ['--volume', `${directory}/nginx:/etc/nginx:ro`, '--tmpfs', '/tmp', '--add-host', 'api:127.0.0.1'];
    expect(check('nginxinc/nginx-unprivileged:1.30', ...files)).toContain('test is successful');
    const env = { ...process.env, TODO_TOKEN: 'a-token-for-tests' };
    const composed = spawnSync('docker', ['compose', 'config', '--services'], {
      cwd: directory,
      env,
      encoding: 'utf8',
    });
    expect(composed.stdout.trim().split('\n').sort()).toEqual(['api', 'nginx']);
    // A stop of the container leaves its longest request time.
    const { stopGracePeriodMs } = times.stopTimes(30_000);
    expect(read('examples/todo/docker-compose.yml')).toContain(`stop_grace_period: ${stopGracePeriodMs / 1_000}s`);
  });

  test('the configuration for HTTPS, mounted as deploy/compose/tls.yml does', () => {
    const certificates = mkdtempSync(join(tmpdir(), 'loopwright-certificates-'));
    const [key, chain] = [join(certificates, 'privkey.pem'), join(certificates, 'fullchain.pem')];
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
    expect(spawnSync('openssl', made).status).toBe(0);
    chmodSync(certificates, 0o755);
    chmodSync(key, 0o644);
    const files = [
      ...mount('nginx', '/etc/nginx'),
      ...mount('nginx/tls', '/etc/nginx/servers'),
      '--volume',
      `${certificates}:/run/certificates:ro`,
      '--tmpfs',
      '/tmp',
    ];
    expect(check('nginxinc/nginx-unprivileged:1.30', ...files, '--add-host', 'api:127.0.0.1')).toContain(
      'test is successful',
    );
    rmSync(certificates, { recursive: true });
  });
});
