import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** Another parent may have other limits, or none. */
export const cgroupParent: ContainerRule = {
  id: 'CIS-5.25',
  title: 'The cgroup is where the engine puts it',
  sources: [cis('5.25')],
  check: ({ container }) => unlessEqual('', container.cgroupParent),
};
