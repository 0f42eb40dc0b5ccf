import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokenOff } from './replacement-policy.js';

/** Who changes the cluster at the moment, and what is between two states because of it. */
interface Written extends Partial<BrokenOff> {
  pid: number;
  /** Of that process, so that another with the same number is not mistaken for it. */
  started: string;
  kind: string;
}

const fileIn = (directory: string) => join(directory, 'operation.json');

/** When the kernel started a process; the same number later is another process. Empty where /proc does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20];
  } catch {
    return '';
  }
}

function isAlive({ pid, started }: Written): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return startOf(pid) === started;
}

function read(directory: string): Written | null {
  try {
    return JSON.parse(readFileSync(fileIn(directory), 'utf8'));
  } catch {
    return null;
  }
}

/** @returns what is going on, in a word, or null */
export function underWay(directory: string): string | null {
  const written = read(directory);
  return written && isAlive(written) ? written.kind : null;
}

/** @returns what an operation has left whose process is gone */
export function brokenOff(directory: string): BrokenOff | null {
  const written = read(directory);
  if (!written || isAlive(written) || written.oldId === undefined) return null;
  return { oldId: written.oldId, newId: written.newId ?? null };
}

/** The right to change the cluster; one process has it at a time. */
export class Operation {
  readonly #me: Written;

  private constructor(
    private readonly directory: string,
    kind: string,
  ) {
    this.#me = { pid: process.pid, started: startOf(process.pid), kind };
  }

  /** @throws Error saying what is going on, when another process has it */
  static begin(directory: string, kind: string): Operation {
    const operation = new Operation(directory, kind);
    const written = read(directory);
    if (written && isAlive(written)) throw new Error(`a ${written.kind} is under way (process ${written.pid})`);
    rmSync(fileIn(directory), { force: true });
    // Fails when another was quicker.
    writeFileSync(fileIn(directory), JSON.stringify(operation.#me), { flag: 'wx' });
    return operation;
  }

  /** Writes down which replacement is being made, for whoever must clear up after an end in the middle of it. */
  note(replacement: BrokenOff): void {
    const next = `${fileIn(this.directory)}.${process.pid}`;
    writeFileSync(next, JSON.stringify({ ...this.#me, ...replacement }));
    renameSync(next, fileIn(this.directory));
  }

  end(): void {
    rmSync(fileIn(this.directory), { force: true });
  }
}
