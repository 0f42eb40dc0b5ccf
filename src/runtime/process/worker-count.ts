const MIB = 2 ** 20;

/** PM2's own process and the supervisor beside the workers. */
const runtimeMib = 160;

/** What a worker holds beside its JavaScript heap and what the application says: code, stacks, sockets, the watchdog. */
const workerBaseMib = 120;

/** A worker needs at least this much heap. */
const heapMinMib = 128;

/** More heap than this only makes the collector's pauses longer. */
const heapMaxMib = 2_048;

export interface Machine {
  /** Processors that this process may run on, at least 1. */
  processors: number;
  /** Processors' worth of time that the control group allows; null without a limit. */
  cpuQuota: number | null;
  /** What the control group allows, or else what the machine has. */
  memoryBytes: number;
}

export interface Wishes {
  /** WEB_CONCURRENCY: whoever sets it knows better. */
  workers: number | undefined;
  /** What the application holds in each worker outside the JavaScript heap: caches, threads of its own. */
  besideMib: number;
}

export interface Size {
  workers: number;
  /** Whole processors that there are for each worker, at least 1: the application may have use for more than one. */
  processorsEach: number;
  /** For `--max-old-space-size`. */
  heapMib: number;
  /** Why so many, for the log. */
  reason: string;
}

/**
 * How many workers a machine carries: one for each processor or part of one that is allowed, unless the memory holds
 * fewer; what is left of the memory goes to their heaps.
 */
export function workerCount({ processors, cpuQuota, memoryBytes }: Machine, wishes: Wishes): Size {
  const memoryMib = Math.floor(memoryBytes / MIB);
  const eachMib = workerBaseMib + wishes.besideMib;
  const byCpu = Math.max(1, Math.min(processors, Math.ceil(cpuQuota ?? processors)));
  const byMemory = Math.max(1, Math.floor((memoryMib - runtimeMib) / (eachMib + heapMinMib)));
  const workers = wishes.workers ?? Math.min(byCpu, byMemory);
  const shareMib = Math.floor((memoryMib - runtimeMib) / workers) - eachMib;
  const heapMib = Math.min(heapMaxMib, Math.max(heapMinMib, shareMib));
  const because =
    wishes.workers !== undefined
      ? 'WEB_CONCURRENCY says so'
      : byMemory < byCpu
        ? `the memory of ${memoryMib} MiB holds no more`
        : cpuQuota !== null && cpuQuota < processors
          ? `the CPU quota is ${Math.round(cpuQuota * 100) / 100}`
          : `${processors} ${processors === 1 ? 'processor is' : 'processors are'} there`;
  const reason = `${workers} ${workers === 1 ? 'worker' : 'workers'}, because ${because}; each with ${heapMib} MiB of heap`;
  return { workers, processorsEach: Math.max(1, Math.floor(byCpu / workers)), heapMib, reason };
}
