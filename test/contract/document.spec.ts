import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from './support/run.js';
import { sampleServer } from './support/server.js';

const server = sampleServer();

test('redocly has nothing against the document in its strict set', async () => {
  const path = join(server.folder, 'openapi.json');
  writeFileSync(path, await (await fetch(`${server.url}/openapi.json`)).text());
  const env = {
    PATH: process.env.PATH,
    HOME: server.folder,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
  const words = ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--extends=recommended-strict', '--format=json', path];
  const { stdout, output } = await run(process.execPath, words, { env });
  let found: { totals: object; problems: { message: string }[] };
  try {
    found = JSON.parse(stdout);
  } catch {
    throw new Error(output);
  }
  expect(found.problems).toEqual([]);
  expect(found.totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
});
