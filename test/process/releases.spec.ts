import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { ask, freePort, Program, pm2Settings, readyWorkers, sampleData } from './program.js';

const sentence = 'There is nothing at this address';

const data = sampleData();

/** The built program as a release of its own, which says `title` where there is nothing. */
function release(name: string, title: string): string {
  const directory = join(data.directory, 'releases', name);
  mkdirSync(directory, { recursive: true });
  for (const part of ['dist', 'package.json', 'ecosystem.config.js']) {
    cpSync(part, join(directory, part), { recursive: true, dereference: true });
  }
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  const file = join(directory, 'dist/runtime/http/problem.js');
  const source = readFileSync(file, 'utf8');
  expect(source).toContain(sentence);
  writeFileSync(file, source.replace(sentence, title));
  return directory;
}

/** As `ln -sfn` and `mv -T` do it: at no moment is there no link. */
function point(link: string, directory: string): void {
  symlinkSync(directory, `${link}.new`);
  renameSync(`${link}.new`, link);
}

it('a reload after the link was moved runs the release that it points to then, in workers and threads alike', async () => {
  const link = join(data.directory, 'current');
  point(link, release('1', 'First'));
  const second = release('2', 'Second');
  const port = await freePort();
  const env = {
    ...pm2Settings,
    PM2_HOME: join(data.directory, 'pm2'),
    DATABASE_URL: data.databaseUrl,
    PORT: String(port),
    MANAGEMENT_PORT: '0',
    WEB_CONCURRENCY: '1',
  };
  const program = new Program(['node_modules/pm2/bin/pm2-runtime', join(link, 'ecosystem.config.js')], env);
  await program.until((log) => readyWorkers(log).size === 1);
  const title = async () => JSON.parse((await ask(port, '/nowhere')).body).title;
  expect(await title()).toBe('First');

  point(link, second);
  const { PATH, HOME } = process.env;
  const command = join(link, 'dist/runtime/supervisor/reload.command.js');
  const reload = spawnSync(process.execPath, [command], { env: { PATH, HOME, ...env }, encoding: 'utf8', cwd: link });
  expect([reload.status, reload.stderr]).toEqual([0, '']);
  expect(await title()).toBe('Second');
  expect((await ask(port, '/v1/loops?trailhead=s34&length=5km')).status).toBe(200);
}, 120_000);
