import { type ExecFileException, execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const projectRoot = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

/** A compose project of its own: own name, own ports, own images, own volumes. */
export class Stack {
  readonly name = `loopwright-test-${randomBytes(4).toString('hex')}`;
  readonly directory: string;
  readonly environment: Record<string, string>;
  readonly #files: string[];

  /**
   * @param directory where the compose files are
   * @param files those to use; none for what a bare `docker compose` takes
   * @param environment beside the process's own
   */
  constructor(directory: string, files: string[], environment: Record<string, string> = {}) {
    this.directory = directory;
    this.environment = { LOOPWRIGHT_TAG: 'test', ...environment };
    this.#files = files.flatMap((file) => ['--file', file]);
  }

  get image(): string {
    return this.name;
  }

  /** What makes compose commands those of this project. */
  composeEnvironment(): Record<string, string> {
    return {
      COMPOSE_PROJECT_NAME: this.name,
      COMPOSE_PROGRESS: 'plain',
      LOOPWRIGHT_IMAGE: this.image,
      HTTP_PORT: '0',
      PORT: '0',
      DEBUG_PORT: '0',
      ...this.environment,
    };
  }

  /** @returns what the command said, whatever its exit code */
  run(command: string, args: string[]): Promise<Output> {
    const env = { ...process.env, ...this.composeEnvironment() };
    return new Promise((resolve) => {
      const done = (error: ExecFileException | null, stdout: string, stderr: string): void =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      execFile(command, args, { cwd: this.directory, env, maxBuffer: 2 ** 26 }, done);
    });
  }

  /** @throws Error with all that was said, when the command fails */
  async docker(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run('docker', args);
    if (code !== 0) throw new Error(`docker ${args.join(' ')} exited with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  compose(...args: string[]): Promise<string> {
    return this.docker('compose', ...this.#files, ...args);
  }

  /** @throws Error with the services' last words, when they do not become healthy */
  async up(...args: string[]): Promise<void> {
    await this.compose('up', '--detach', '--wait', '--wait-timeout', '240', ...args).catch(async (error: Error) => {
      throw new Error(`${error.message}\n${await this.compose('logs', '--tail', '40')}`);
    });
  }

  /** @returns `http://127.0.0.1:PORT`, where a service's port is published on this machine */
  async origin(service: string, port: number): Promise<string> {
    const published = (await this.compose('port', service, String(port))).trim();
    return `http://127.0.0.1:${published.slice(published.lastIndexOf(':') + 1)}`;
  }

  /** @returns the ids of a service's containers, stopped ones too */
  async containers(service: string): Promise<string[]> {
    return (await this.compose('ps', '--all', '--quiet', service)).split('\n').filter(Boolean);
  }

  /** @throws Error when the service has not exactly one container */
  async container(service: string): Promise<string> {
    const [id, ...more] = await this.containers(service);
    if (id === undefined || more.length > 0) throw new Error(`${service} has not exactly one container`);
    return id;
  }

  /** Everything that belongs to the project, its images too. */
  async remove(): Promise<void> {
    await this.run('docker', ['compose', ...this.#files, 'down', '--volumes', '--remove-orphans', '--timeout', '5']);
    const images = (await this.docker('image', 'ls', '--quiet', '--filter', `reference=${this.image}*`))
      .split('\n')
      .filter(Boolean);
    if (images.length > 0) await this.run('docker', ['image', 'rm', '--force', ...new Set(images)]);
  }
}

/** A copy of the working tree, as a clone would be: what git knows, with what is not committed yet. */
export function copyOfTree(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'loopwright-tree-'));
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', listed, { cwd: projectRoot, encoding: 'utf8' }).split('\0');
  for (const file of files.filter(Boolean))
    cpSync(join(projectRoot, file), join(path, file), { verbatimSymlinks: true });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Asks again until the answer is the one that is awaited.
 * @throws Error when that has not happened within the limit
 */
export async function until<T>(what: string, limitMs: number, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
