import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const root = resolve('.');
const example = resolve('examples/todo');

/**
 * The blocks of shell in the manual, by the heading that they stand under: what a test types is what a reader would.
 * @throws Error when the manual has no such heading
 */
export function manual(heading: string): string {
  const text = readFileSync(join(example, 'README.md'), 'utf8');
  const [, section] = text.split(new RegExp(`^## ${heading}$`, 'm'));
  if (section === undefined) throw new Error(`the manual has no part "${heading}"`);
  const blocks = section.split(/^## /m)[0].matchAll(/^```sh\n(.*?)^```$/gms);
  return [...blocks].map(([, block]) => block).join('\n');
}

/** @throws Error with all that was said when the commands fail */
export function type(commands: string, directory: string): void {
  const env = { ...process.env, LOOPWRIGHT: root };
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', commands], { cwd: directory, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${commands}\n${stdout}\n${stderr}`);
}

/** @returns a new directory, which goes when the process does */
export function workshop(): string {
  const directory = mkdtempSync(join(tmpdir(), 'lifted-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Compiles a project as its own `npm run build` does, with this repository's packages. */
export function build(directory: string): void {
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  type(`"${process.execPath}" node_modules/@nestjs/cli/bin/nest.js build`, directory);
}

/** The todos in a directory of their own with a copy of the runtime, as the manual says; not compiled. */
export function liftedTodo(): string {
  const directory = join(workshop(), 'todo');
  mkdirSync(directory);
  cpSync(example, directory, { recursive: true, filter: (from) => !['runtime', 'dist'].includes(basename(from)) });
  type(manual('Copy the runtime'), directory);
  return directory;
}
