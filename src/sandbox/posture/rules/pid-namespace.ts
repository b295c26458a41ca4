import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa } from '../sources.js';

/** Neither the host nor another container shows its processes. */
export const pidNamespace: ContainerRule = {
  id: 'CIS-5.16',
  title: 'The process namespace is its own',
  sources: [cis('5.16'), nsa('no hostPID')],
  check: ({ container }) => unlessEqual('', container.pidMode),
};
