import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Another's cgroup has another's limits. */
export const sharedCgroup: ContainerRule = {
  id: 'AIRLOCK-shared-cgroup',
  title: 'The cgroup is its own',
  sources: [],
  check: ({ container }) => unlessEqual('', container.cgroup),
};
