import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Names that lead to the host, such as host-gateway, are not given. */
export const extraHosts: ContainerRule = {
  id: 'AIRLOCK-extra-hosts',
  title: 'No host name is added',
  sources: [],
  check: ({ container }) => unlessNone(container.extraHosts, 'it is given'),
};
