import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** Privileged undoes nearly every other rule. */
export const privileged: ContainerRule = {
  id: 'CIS-5.5',
  title: 'The container is not privileged',
  sources: [cis('5.5'), owasp(3), nsa('no privileged containers')],
  check: ({ container }) => (container.privileged ? 'it is privileged' : undefined),
};
