import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** Stricter than the benchmark, which allows five attempts: what ended stays ended. */
export const restartPolicy: ContainerRule = {
  id: 'CIS-5.15',
  title: 'It is never restarted',
  sources: [cis('5.15'), owasp(7)],
  check: ({ container }) => unlessEqual('no', container.restartPolicy),
};
