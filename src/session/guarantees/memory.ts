import type { Guarantee } from './guarantee.js';
import { compareLimit, readLimit } from './read-facts.js';

/** The kernel bounds the container's memory. */
export const memory: Guarantee = {
  id: 'memory',
  title: 'Memory limit',
  check(facts, { spec }) {
    const paths = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'];
    return compareLimit(readLimit(facts, paths), spec.limits.memoryBytes, 'bytes');
  },
};
