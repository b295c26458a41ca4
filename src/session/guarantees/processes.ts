import type { Guarantee } from './guarantee.js';
import { compareLimit, readLimit } from './read-facts.js';

/** The kernel bounds how many processes and threads there are. */
export const processes: Guarantee = {
  id: 'processes',
  title: 'Process limit',
  check(facts, { spec }) {
    const paths = ['/sys/fs/cgroup/pids.max', '/sys/fs/cgroup/pids/pids.max'];
    return compareLimit(readLimit(facts, paths), spec.limits.pids, 'processes');
  },
};
