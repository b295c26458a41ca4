import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** Where the engine maps users, a container may not opt out. */
export const userNamespace: ContainerRule = {
  id: 'CIS-5.31',
  title: "The host's user namespace is not asked for",
  sources: [cis('5.31')],
  check: ({ container }) => unlessEqual('', container.usernsMode),
};
