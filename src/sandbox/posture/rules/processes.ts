import { unlessLimited } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** No fork bomb leaves the container. */
export const processes: ContainerRule = {
  id: 'CIS-5.29',
  title: 'The number of processes is limited as asked for',
  sources: [cis('5.29'), owasp(7)],
  check: ({ asked, container }) => unlessLimited(asked.limits.pids, container.pids),
};
