import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeStack } from './describe-stack.js';
import { copyOfTree, type Output, Stack, until } from './stack.js';

describeStack('a roll-out', { needsExtract: false }, () => {
  const directory = copyOfTree();
  const stack = new Stack(directory.path, ['docker-compose.yml'], {
    WEB_CONCURRENCY: '1',
    ROLLOUT_WAIT_SECONDS: '20',
    COMPOSE_FILE: 'docker-compose.yml',
  });
  let site: string;

  /** Another version: the same program with something more in its image. */
  const build = (tag: string, more: string): Promise<Output> =>
    stack.run('sh', [
      '-c',
      `printf 'FROM ${stack.image}:test\n${more}\n' | docker build --tag ${stack.image}:${tag} -`,
    ]);
  const rollout = (tag: string): Promise<Output> => stack.run('npm', ['run', '--silent', 'rollout', '--', tag]);
  const servers = (): string => readFileSync(join(directory.path, 'nginx/upstream/api.servers'), 'utf8');
  const steady = servers();
  const environmentFile = (): string => readFileSync(join(directory.path, '.env'), 'utf8');

  const versions = async (): Promise<string[]> =>
    (await stack.compose('ps', '--format', '{{.Image}} {{.Health}}', 'api')).trim().split('\n');

  /** Asks all the time while `work` is under way. */
  async function underLoad<T>(work: Promise<T>): Promise<{ result: T; failed: string[]; asked: number }> {
    const failed: string[] = [];
    let [asked, running] = [0, true];
    const load = async (): Promise<void> => {
      while (running) {
        asked += 1;
        const answer = await fetch(`${site}/v1/regions?`).catch((error: Error) => error);
        if (answer instanceof Error) failed.push(String(answer.cause ?? answer));
        else if (answer.status !== 200) failed.push(`${answer.status} ${await answer.text()}`);
        else await answer.json();
        // Below what nginx lets one address ask.
        await new Promise((resolve) => setTimeout(resolve, 45));
      }
    };
    const loaded = load();
    const result = await work.finally(() => {
      running = false;
    });
    await loaded;
    return { result, failed, asked };
  }

  beforeAll(async () => {
    await stack.up('--build');
    site = await stack.origin('nginx', 8080);
    for (const [tag, more] of [
      ['v2', 'ENV VERSION=2'],
      ['v3', 'ENV VERSION=3'],
      ['broken', 'CMD ["node", "-e", "setInterval(() => {}, 1000)"]'],
    ]) {
      expect(await build(tag!, more!)).toMatchObject({ code: 0 });
    }
    delete stack.environment.LOOPWRIGHT_TAG;
  }, 600_000);

  afterAll(async () => {
    await stack.remove();
    directory.remove();
  }, 120_000);

  test('is refused while .env does not name the version that runs', async () => {
    const { code, stderr } = await rollout('v2');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/what runs is not .*:local/)]);
    expect(servers()).toBe(steady);
    // As an operator has it: the version that runs stands in .env and nowhere else.
    expect(await stack.run('sh', ['-c', 'echo LOOPWRIGHT_TAG=test >.env'])).toMatchObject({ code: 0 });
  });

  test('to a good image costs no request and is remembered in .env', async () => {
    const { result, failed, asked } = await underLoad(rollout('v2'));
    expect(result).toMatchObject({ code: 0 });
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(50);
    expect(await versions()).toEqual([`${stack.image}:v2 healthy`]);
    expect(environmentFile()).toBe('LOOPWRIGHT_TAG=v2\n');
    expect(servers()).toBe(steady);
  }, 180_000);

  test('to an image that does not become healthy fails, removes it and never touches the old one', async () => {
    const before = await stack.container('api');
    const { result, failed } = await underLoad(rollout('broken'));
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('broken did not become healthy');
    expect(failed).toEqual([]);
    expect(await stack.container('api')).toBe(before);
    expect(environmentFile()).toBe('LOOPWRIGHT_TAG=v2\n');
    expect(servers()).toBe(steady);
  }, 180_000);

  test.each([
    ['the tag that runs', 'v2', /v2 is what runs already/],
    ['a tag that there is not', 'never-built', /there is no image/],
    ['no tag', 'not a tag', /usage/],
  ])('to %s is refused in one line, and nothing has changed', async (_what, tag, message) => {
    const { code, stderr } = await rollout(tag);
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(message)]);
    expect(servers()).toBe(steady);
  });

  test('that was killed half-way leaves both versions serving; the next one clears up first', async () => {
    const script = spawn(join(directory.path, 'deploy/compose/rollout'), ['v3'], {
      cwd: directory.path,
      env: { ...process.env, ...stack.composeEnvironment() },
      detached: true,
      stdio: 'ignore',
    });
    const killed = new Promise((resolve) => script.once('exit', resolve));
    await until('two containers', 60_000, async () => ((await versions()).length === 2 ? true : null));
    process.kill(-script.pid!, 'SIGKILL');
    await killed;
    expect(servers()).not.toBe(steady);
    const { result, failed } = await underLoad(rollout('v3'));
    expect(result.stderr).toContain('an earlier roll-out was interrupted');
    expect(result.code).toBe(0);
    expect(failed).toEqual([]);
    expect(await versions()).toEqual([`${stack.image}:v3 healthy`]);
    expect(environmentFile()).toBe('LOOPWRIGHT_TAG=v3\n');
    expect(servers()).toBe(steady);
  }, 300_000);
});
