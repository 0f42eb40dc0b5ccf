import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Machine } from './worker-count.js';

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
};

/** A directory and all above it, down to the root of the tree: each of them may hold a limit. */
function* upwards(path: string): Generator<string> {
  for (let at = path; ; at = dirname(at)) {
    yield at;
    if (at === '/' || at === '.') return;
  }
}

/** Version 2 writes "QUOTA PERIOD" or "max PERIOD" in microseconds. */
function quotaV2(text: string | null): number | null {
  const [quota, period] = (text ?? '').split(' ').map(Number);
  return quota > 0 && period > 0 ? quota / period : null;
}

/** Version 1 has two files, and -1 for no limit. */
function quotaV1(quota: string | null, period: string | null): number | null {
  return Number(quota) > 0 && Number(period) > 0 ? Number(quota) / Number(period) : null;
}

/**
 * The processors' worth of time that the control group of this process allows: the smallest limit on the way up, for
 * version 2 and version 1 of control groups. A container sees its own group as the root of the tree.
 * @param root where the kernel's files are; another one only in tests
 * @returns null without a limit
 */
export function cpuQuota(root = '/'): number | null {
  const found: number[] = [];
  for (const line of (read(join(root, 'proc/self/cgroup')) ?? '').split('\n')) {
    const [number, controllers, path] = line.split(':');
    if (path === undefined) continue;
    for (const at of upwards(path)) {
      if (number === '0') {
        found.push(quotaV2(read(join(root, 'sys/fs/cgroup', at, 'cpu.max'))) ?? Number.POSITIVE_INFINITY);
      } else if (controllers.split(',').includes('cpu')) {
        for (const tree of ['cpu', 'cpu,cpuacct']) {
          const group = join(root, 'sys/fs/cgroup', tree, at);
          const quota = quotaV1(read(join(group, 'cpu.cfs_quota_us')), read(join(group, 'cpu.cfs_period_us')));
          found.push(quota ?? Number.POSITIVE_INFINITY);
        }
      }
    }
  }
  const least = Math.min(...found);
  return Number.isFinite(least) ? least : null;
}

/** What this process may use. Node sees the memory limit of its control group, but not the CPU quota. */
export function machine(): Machine {
  const constrained = process.constrainedMemory();
  return {
    processors: availableParallelism(),
    cpuQuota: cpuQuota(),
    memoryBytes: constrained > 0 ? Math.min(constrained, totalmem()) : totalmem(),
  };
}
