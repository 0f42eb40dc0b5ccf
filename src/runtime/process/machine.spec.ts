import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cpuQuota, machine } from './machine.js';

let root: string;
afterEach(() => rmSync(root, { recursive: true, force: true }));

function files(contents: Record<string, string>): string {
  root = mkdtempSync(join(tmpdir(), 'cgroup-'));
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}

describe('cpuQuota', () => {
  it('reads a container’s limit under version 2', () => {
    const at = files({ 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': '150000 100000' });
    expect(cpuQuota(at)).toBe(1.5);
  });

  it('takes the smallest limit on the way up', () => {
    const at = files({
      'proc/self/cgroup': '0::/a.slice/b.service',
      'sys/fs/cgroup/a.slice/cpu.max': '200000 100000',
      'sys/fs/cgroup/a.slice/b.service/cpu.max': 'max 100000',
    });
    expect(cpuQuota(at)).toBe(2);
  });

  it('reads a limit under version 1', () => {
    const at = files({
      'proc/self/cgroup': '12:memory:/\n4:cpu,cpuacct:/docker/abc',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
    });
    expect(cpuQuota(at)).toBe(0.5);
  });

  it.each([
    ['version 2 says max', { 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': 'max 100000' }],
    [
      'version 1 says -1',
      {
        'proc/self/cgroup': '4:cpu:/',
        'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1',
        'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
      },
    ],
    ['there are no control groups', {}],
  ])('finds no limit when %s', (_, contents) => {
    expect(cpuQuota(files(contents))).toBeNull();
  });
});

it('finds this machine to have a processor and memory', () => {
  root = '';
  expect(machine().processors).toBeGreaterThanOrEqual(1);
  expect(machine().memoryBytes).toBeGreaterThan(2 ** 26);
});
