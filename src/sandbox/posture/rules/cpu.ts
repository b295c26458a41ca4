import { unlessLimited } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** A share that is not more than so many processors. */
export const cpu: ContainerRule = {
  id: 'CIS-5.12',
  title: 'Processor time is limited as asked for',
  sources: [cis('5.12'), owasp(7), nsa('resource limits')],
  check: ({ asked, container }) => unlessLimited(asked.limits.nanoCpus, container.nanoCpus),
};
