import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Writes, when the process ends, the most memory that it had resident, in KiB, and the microseconds it worked. */
const TELL =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nresident "+u.maxRSS+" worked "+(u.userCPUTime+u.systemCPUTime)+"\\n")})';

/** What an import took. */
interface Outcome {
  seconds: number;
  /** Of all its threads together. */
  cpuSeconds: number;
  residentBytes: number;
}

/**
 * Imports a file by the command, in a process of its own.
 * @param elevation folder with tiles; null for none
 * @param region what to call it
 * @param more words for the command
 */
export async function importInto(
  url: string,
  file: string,
  elevation: string | null,
  region = 'Copies',
  more: string[] = [],
): Promise<Outcome> {
  const command = fileURLToPath(new URL('../src/planning/import/trails.command.js', import.meta.url));
  const words = ['--import', TELL, command, 'import', file, ...more];
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
  const [, kibibytes, microseconds] = /resident (\d+) worked (\d+)/.exec(said) ?? [];
  return { seconds, cpuSeconds: Number(microseconds) / 1e6, residentBytes: Number(kibibytes) * 1_024 };
}
