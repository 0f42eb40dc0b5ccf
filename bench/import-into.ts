import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Writes the most memory that the process had resident, in KiB, when it ends. */
const TELL_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nresident "+process.resourceUsage().maxRSS+"\\n"))';

/** What an import took. */
interface Outcome {
  seconds: number;
  residentBytes: number;
}

/**
 * Imports a file by the command, in a process of its own.
 * @param elevation folder with tiles; null for none
 * @param region what to call it
 */
export async function importInto(
  url: string,
  file: string,
  elevation: string | null,
  region = 'Copies',
): Promise<Outcome> {
  const command = fileURLToPath(new URL('../src/planning/import/trails.command.js', import.meta.url));
  const words = ['--import', TELL_MEMORY, command, 'import', file];
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [...words, '--name', region, ...(elevation === null ? [] : ['--elevation', elevation])],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the import ended with ${code}: ${said}`);
  const seconds = (performance.now() - start) / 1_000;
  return { seconds, residentBytes: Number(/resident (\d+)/.exec(said)?.[1]) * 1_024 };
}
