import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** The one road is the stdio of its programs. */
export const networkMode: ContainerRule = {
  id: 'CIS-5.10',
  title: 'There is no network',
  sources: [cis('5.10'), owasp(5), nsa('no hostNetwork')],
  check: ({ container }) => unlessEqual('none', container.networkMode),
};
