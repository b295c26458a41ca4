import { readFileSync } from 'node:fs';

/** A limit of the sandbox, and where the kernel counts how often it struck: control groups of version 2, then 1. */
interface Counter {
  readonly says: string;
  readonly places: readonly (readonly [file: string, name: string])[];
}

const counters: readonly Counter[] = [
  {
    says: 'the sandbox was out of memory, and the kernel killed a process in it (airlock.limits.memoryMb)',
    places: [
      ['/sys/fs/cgroup/memory.events', 'oom_kill'],
      ['/sys/fs/cgroup/memory/memory.oom_control', 'oom_kill'],
    ],
  },
  {
    says: 'the sandbox was at its limit of processes, and the kernel refused one more (airlock.limits.pids)',
    places: [
      ['/sys/fs/cgroup/pids.events', 'max'],
      ['/sys/fs/cgroup/pids/pids.events', 'max'],
    ],
  },
];

/**
 * Which limits of the whole sandbox struck since it was last asked: a program that was killed, or could not start
 * another, does not know why. Of commands that run at the same time the first to end tells of it.
 */
export class StruckLimits {
  readonly #read: (file: string) => string;
  #known: readonly number[];

  constructor(read: (file: string) => string = (file) => readFileSync(file, 'latin1')) {
    this.#read = read;
    this.#known = this.#count();
  }

  take(): readonly string[] {
    const before = this.#known;
    this.#known = this.#count();
    return counters.flatMap(({ says }, index) =>
      (this.#known[index] ?? 0) > (before[index] ?? 0) ? [says] : [],
    );
  }

  #count(): readonly number[] {
    return counters.map(({ places }) => {
      for (const [file, name] of places) {
        const value = this.#readCount(file, name);
        if (value !== undefined) return value;
      }
      // Not told on this runtime: it never rises.
      return 0;
    });
  }

  #readCount(file: string, name: string): number | undefined {
    try {
      const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(this.#read(file).slice(0, 4096))?.[1];
      return found === undefined ? undefined : Number(found);
    } catch {
      return undefined;
    }
  }
}
