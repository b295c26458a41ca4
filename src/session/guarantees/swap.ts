import type { Guarantee } from './guarantee.js';
import { compareLimit, readLimit } from './read-facts.js';

/** The kernel bounds swap too: version 2 counts it alone, version 1 together with memory. */
export const swap: Guarantee = {
  id: 'swap',
  title: 'Swap limit',
  check(facts, { spec: { limits } }) {
    const alone = readLimit(facts, ['/sys/fs/cgroup/memory.swap.max']);
    if (alone !== undefined) return compareLimit(alone, limits.memorySwapBytes - limits.memoryBytes, 'bytes');
    const both = readLimit(facts, ['/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes']);
    return compareLimit(both, limits.memorySwapBytes, 'bytes');
  },
};
