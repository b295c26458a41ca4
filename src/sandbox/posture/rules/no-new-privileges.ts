import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** No program in the container gains what its starter had not. */
export const noNewPrivileges: ContainerRule = {
  id: 'CIS-5.26',
  title: 'No program can gain privileges',
  sources: [cis('5.26'), owasp(4), nsa('no privilege escalation')],
  check: ({ container }) =>
    container.securityOpt.some((option) => /^no-new-privileges([=:]true)?$/.test(option))
      ? undefined
      : 'no-new-privileges is not set',
};
