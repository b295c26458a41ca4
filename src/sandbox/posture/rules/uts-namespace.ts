import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** The host's name is neither seen nor set. */
export const utsNamespace: ContainerRule = {
  id: 'CIS-5.21',
  title: 'The UTS namespace is its own',
  sources: [cis('5.21')],
  check: ({ container }) => unlessEqual('', container.utsMode),
};
