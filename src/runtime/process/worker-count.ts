const MIB = 2 ** 20;

/** PM2's own process and the supervisor beside the workers. */
const runtimeMib = 160;

/** What a worker holds beside its JavaScript heap and its tiles: code, stacks, sockets, a planner thread's own heap. */
const workerBaseMib = 120;

/** A worker that plans needs at least this much heap. */
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
  /** PLANNER_THREADS. */
  plannerThreads: number | undefined;
  tileCacheBytes: number;
}

export interface Size {
  workers: number;
  plannerThreads: number;
  /** For `--max-old-space-size`. */
  heapMib: number;
  /** One line for the log. */
  reason: string;
}

/**
 * How many workers a machine carries: one for each processor or part of one that is allowed, unless the memory holds
 * fewer; what is left of processors and memory goes to planner threads and heaps.
 */
export function workerCount({ processors, cpuQuota, memoryBytes }: Machine, wishes: Wishes): Size {
  const memoryMib = Math.floor(memoryBytes / MIB);
  const tilesMib = Math.ceil(wishes.tileCacheBytes / MIB);
  const byCpu = Math.max(1, Math.min(processors, Math.ceil(cpuQuota ?? processors)));
  const byMemory = Math.max(1, Math.floor((memoryMib - runtimeMib) / (workerBaseMib + tilesMib + heapMinMib)));
  const workers = wishes.workers ?? Math.min(byCpu, byMemory);
  const plannerThreads = wishes.plannerThreads ?? Math.max(1, Math.floor(byCpu / workers));
  const shareMib = Math.floor((memoryMib - runtimeMib) / workers) - workerBaseMib - tilesMib;
  const heapMib = Math.min(heapMaxMib, Math.max(heapMinMib, shareMib));
  const because =
    wishes.workers !== undefined
      ? 'WEB_CONCURRENCY says so'
      : byMemory < byCpu
        ? `the memory of ${memoryMib} MiB holds no more`
        : cpuQuota !== null && cpuQuota < processors
          ? `the CPU quota is ${Math.round(cpuQuota * 100) / 100}`
          : `${processors} ${processors === 1 ? 'processor is' : 'processors are'} there`;
  const reason = `${workers} ${workers === 1 ? 'worker' : 'workers'}, because ${because}; each with ${plannerThreads} planner ${plannerThreads === 1 ? 'thread' : 'threads'} and ${heapMib} MiB of heap`;
  return { workers, plannerThreads, heapMib, reason };
}
