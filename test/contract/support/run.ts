import { type ExecFileOptions, execFile } from 'node:child_process';

interface Outcome {
  /** null: it could not be started, or a signal ended it. */
  status: number | null;
  stdout: string;
  /** All that it said. */
  output: string;
}

/** Runs a program to its end, while the server's log goes on being read: a full pipe would stop the server. */
export const run = (program: string, words: string[], options: ExecFileOptions = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = execFile(
      program,
      words,
      { maxBuffer: 2 ** 26, ...options, encoding: 'utf8' },
      (error, stdout, stderr) =>
        resolve({ status: child.exitCode, stdout, output: `${stdout}${stderr}` || String(error ?? '') }),
    );
  });

/** @returns what it writes @throws Error with all that it said when it fails */
export async function outputOf(program: string, words: string[], options?: ExecFileOptions): Promise<string> {
  const { status, stdout, output } = await run(program, words, options);
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${output}`);
  return stdout;
}
