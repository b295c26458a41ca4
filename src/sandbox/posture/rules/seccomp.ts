import { securityOptions } from '../../seccomp/profile.js';
import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** Airlock's own filter, or none named: then the engine's default applies. */
export const seccomp: ContainerRule = {
  id: 'CIS-5.22',
  title: "The filter of system calls is Airlock's, or the engine's default",
  sources: [cis('5.22'), owasp(6), nsa('seccomp')],
  check: ({ container }) => {
    const known = securityOptions('airlock');
    const other = container.securityOpt.find(
      (option) => /^seccomp[=:]/.test(option) && !known.includes(option),
    );
    return other === undefined ? undefined : `it is ${show(other)}`;
  },
};
