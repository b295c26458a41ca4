import { unlessLimited } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** One session cannot starve the host. */
export const memory: ContainerRule = {
  id: 'CIS-5.11',
  title: 'Memory is limited as asked for',
  sources: [cis('5.11'), owasp(7), nsa('resource limits')],
  check: ({ asked, container }) => unlessLimited(asked.limits.memoryBytes, container.memoryBytes),
};
