import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** Nothing in the container needs a capability. */
export const capabilitiesDropped: ContainerRule = {
  id: 'CIS-5.4-dropped',
  title: 'Every capability is dropped',
  sources: [cis('5.4'), owasp(3)],
  check: ({ container }) => unlessEqual(['ALL'], container.capDrop),
};
