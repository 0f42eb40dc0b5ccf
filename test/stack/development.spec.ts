import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeStack } from './describe-stack.js';
import { copyOfTree, Stack, until } from './stack.js';

describeStack('the development stack', { needsExtract: false }, () => {
  const directory = copyOfTree();
  const stack = new Stack(directory.path, []);
  let api: string;

  beforeAll(async () => {
    await stack.up('--build');
    api = await stack.origin('api', 3000);
  }, 600_000);

  afterAll(async () => {
    await stack.remove();
    directory.remove();
  }, 120_000);

  test('has the sample region loaded, on the published port of the API and through nginx', async () => {
    const site = await stack.origin('nginx', 8080);
    for (const origin of [api, site]) {
      const { regions } = (await (await fetch(`${origin}/v1/regions`)).json()) as { regions: { synthetic: boolean }[] };
      expect(regions).toEqual([expect.objectContaining({ synthetic: true })]);
    }
  });

  test('offers a debugger', async () => {
    const inspector = await stack.origin('api', 9229);
    expect(await (await fetch(`${inspector}/json/version`)).json()).toMatchObject({
      Browser: expect.stringMatching(/^node/),
    });
  });

  test('runs a source file that was just saved', async () => {
    const file = join(directory.path, 'src/runtime/http/problem.ts');
    const before = readFileSync(file, 'utf8');
    const sentence = 'There is nothing at this address';
    expect(before).toContain(sentence);
    writeFileSync(file, before.replace(sentence, 'Nobody lives here'));
    const title = await until('the edited sentence', 60_000, async () => {
      const problem = (await (await fetch(`${api}/nowhere`)).json()) as { title: string };
      return problem.title === sentence ? null : problem.title;
    });
    expect(title).toBe('Nobody lives here');
  }, 90_000);

  test('shuts down of its own accord', async () => {
    const container = await stack.container('api');
    await stack.compose('stop');
    expect((await stack.docker('inspect', '--format', '{{.State.ExitCode}}', container)).trim()).toBe('0');
  }, 200_000);
});
