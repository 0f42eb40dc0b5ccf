/**
 * `npm run build`: compiles into a directory of its own and then lets `dist` point to it, in one step. Whoever starts finds
 * the old build or the new one, never a half; whoever runs keeps the files of the build that it came from.
 */
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Workers of the last builds may still start threads from them. */
const buildsKept = 4;

const tsc = ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'];
const compile = (...more) => {
  const { status } = spawnSync(process.execPath, [...tsc, '--noEmitOnError', ...more], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
};

const isDirectory = (path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** @returns the name of a new directory, or null where nothing may be made beside `dist` (a container for development) */
function newDirectory() {
  const name = `.dist-${Date.now().toString(36)}-${process.pid}`;
  try {
    mkdirSync(name);
    return name;
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') return null;
    throw error;
  }
}

const directory = newDirectory();
if (directory === null) {
  compile();
} else {
  process.on('exit', (code) => {
    if (code !== 0) rmSync(directory, { recursive: true, force: true });
  });
  compile('--outDir', directory, '--incremental', 'false', '--tsBuildInfoFile', 'null');
  const link = `${directory}-link`;
  symlinkSync(directory, link);
  // What `nest start --watch` has left: it writes in place.
  if (isDirectory('dist')) rmSync('dist', { recursive: true });
  renameSync(link, 'dist');
  const builds = readdirSync('.').filter((name) => /^\.dist-/.test(name) && isDirectory(name));
  for (const old of builds.sort().slice(0, -buildsKept)) rmSync(join('.', old), { recursive: true, force: true });
}
