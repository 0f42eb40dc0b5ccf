import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from '@jest/globals';
import { build, manual, type, workshop } from './lift.js';
import { ask, freePort, load, Program, pm2Settings, readyWorkers } from './program.js';

const cli = resolve('node_modules/@nestjs/cli/bin/nest.js');
const workers = 2;
let directory: string;
let env: Record<string, string>;
let program: Program;

// What `nest new` makes today, and the manual of examples/todo typed line by line; its packages are this repository's.
beforeAll(() => {
  const place = workshop();
  const make = `"${process.execPath}" "${cli}" new my-api --skip-git --skip-install --package-manager npm --no-observe`;
  type(make, place);
  directory = join(place, 'my-api');
  expect(readFileSync(join(directory, 'src/app.controller.ts'), 'utf8')).toContain('@Get()');
  type(manual('Copy the runtime'), directory);
  type(manual('Write the ten lines'), directory);
  // The tools of tests that the scaffold has chosen are not here, and no build needs their types.
  const file = join(directory, 'tsconfig.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"vitest/globals", ', ''));
  build(directory);
}, 120_000);

async function started(more: Record<string, string> = {}): Promise<number> {
  const port = await freePort();
  env = {
    ...pm2Settings,
    PM2_HOME: join(directory, 'pm2'),
    PORT: String(port),
    MANAGEMENT_PORT: '0',
    WEB_CONCURRENCY: String(workers),
    ...more,
  };
  program = new Program(['node_modules/pm2/bin/pm2-runtime', 'ecosystem.config.js'], env, directory);
  await program.until((log) => readyWorkers(log).size === workers);
  return port;
}

it('answers, and loses no request in a reload', async () => {
  const port = await started();
  expect(await ask(port, '/')).toMatchObject({ status: 200, body: 'Hello World!' });
  const before = [...readyWorkers(program.log).keys()];
  const clients = load(port, 8, (n) => `/?n=${n}`);
  const reload = new Program(['dist/runtime/supervisor/reload.command.js'], env, directory);
  expect([await reload.exit, reload.stderr]).toEqual([0, '']);
  const { lost, answered } = await clients.stop();
  expect(lost).toEqual([]);
  expect(answered).toBeGreaterThan(100);
  for (const id of readyWorkers(program.log).keys()) expect(before).not.toContain(id);
}, 120_000);

it('is rid of a worker that hangs within its limit, and has its stack', async () => {
  const port = await started({ NODE_OPTIONS: `--import=${pathToFileURL(resolve('test/process/faults.js'))}` });
  await expect(ask(port, '/?fault=hang')).rejects.toThrow('socket hang up');
  const clients = load(port, 4, (n) => `/?n=${n}`);
  const last = await program.until((log) => log.find(({ level }) => level === 'fatal'));
  expect(last).toMatchObject({ msg: 'the main loop hangs: ending this worker', request: { path: '/' } });
  expect((last.stack as string[])[0]).toMatch(/^hangHere file:.*faults\.js:\d+:\d+$/);
  await program.until((log) => log.filter(({ stage }) => stage === 'ready').length === workers + 1);
  expect((await clients.stop()).lost).toEqual([]);
  program.signal('SIGTERM');
  expect(await program.exit).toBe(0);
}, 60_000);
