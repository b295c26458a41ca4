import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** A capability that is added is not dropped by ALL. */
export const capabilitiesAdded: ContainerRule = {
  id: 'CIS-5.4-added',
  title: 'No capability is added',
  sources: [cis('5.4'), owasp(3)],
  check: ({ container }) => unlessNone(container.capAdd, 'it is given'),
};
