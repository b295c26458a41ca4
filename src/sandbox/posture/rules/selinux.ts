import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** Where the host has SELinux, its label stays. */
export const selinux: ContainerRule = {
  id: 'CIS-5.3',
  title: 'SELinux is not switched off',
  sources: [cis('5.3'), owasp(6)],
  check: ({ container }) => {
    const off = container.securityOpt.find((option) => /^label[=:]/.test(option));
    return off === undefined ? undefined : `the option ${show(off)} is set`;
  },
};
