import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** The engine's own profile applies when none is named. */
export const seccomp: ContainerRule = {
  id: 'CIS-5.22',
  title: 'The seccomp filter is not switched off',
  sources: [cis('5.22'), owasp(6), nsa('seccomp')],
  check: ({ container }) => {
    const off = container.securityOpt.find((option) => /^seccomp[=:]unconfined$/.test(option));
    return off === undefined ? undefined : `the option ${show(off)} is set`;
  },
};
