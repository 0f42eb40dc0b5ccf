import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { environment } from '../../src/config.js';
import { times } from '../../src/runtime/cluster.js';
import { liftedTodo, manual, type } from '../process/lift.js';
import { describeStack } from './describe-stack.js';
import { certificates } from './front.js';
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

test('every service has a limit of memory and of processes', () => {
  for (const file of ['docker-compose.yml', 'deploy/compose/database.yml']) {
    const text = read(file)
      .split(/^services:\n/m)[1]!
      .split(/^\w/m)[0]!;
    const services = [...text.matchAll(/^ {2}(\w+):\n((?: {3,}.*\n|\s*\n)+)/gm)];
    expect(services.length).toBeGreaterThan(1);
    for (const [, name, block] of services) {
      expect([name, /^ {4}mem_limit: \S*[1-9]\w*[mg]}?$/m.test(block!), /^ {4}pids_limit: \d+$/m.test(block!)]).toEqual(
        [name, true, true],
      );
    }
  }
});

test('the image is built on the base that is given, and a release gives it by its digest', () => {
  const bases = [...read('Dockerfile').matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)];
  const stages = new Set(bases.map(([, , stage]) => stage));
  const outside = bases.map(([, base]) => base!).filter((base) => !stages.has(base));
  expect(new Set(outside)).toEqual(new Set([`$${'{BASE_IMAGE}'}`, 'scratch']));
  expect(read('Dockerfile')).toMatch(/^ARG BASE_IMAGE=node:26-slim$/m);
  const release = read('.github/workflows/release.yml');
  expect(release).toContain('image=node:26-slim@$digest');
  expect(release).toContain('--build-arg "BASE_IMAGE=$BASE_IMAGE"');
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
    const folder = certificates();
    const files = [
      ...mount('nginx', '/etc/nginx'),
      ...mount('nginx/tls', '/etc/nginx/servers'),
      '--volume',
      `${folder}:/run/certificates:ro`,
      '--tmpfs',
      '/tmp',
    ];
    expect(check('nginxinc/nginx-unprivileged:1.30', ...files, '--add-host', 'api:127.0.0.1')).toContain(
      'test is successful',
    );
    rmSync(folder, { recursive: true });
  });
});
