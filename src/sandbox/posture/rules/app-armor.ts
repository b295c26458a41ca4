import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, owasp } from '../sources.js';

/** Where the host has AppArmor, its default profile stays; elsewhere the engine names none. */
export const appArmor: ContainerRule = {
  id: 'CIS-5.2',
  title: 'AppArmor is not switched off',
  sources: [cis('5.2'), owasp(6)],
  check: ({ container }) => {
    const off = container.securityOpt.find((option) => /^apparmor[=:]unconfined$/.test(option));
    if (off !== undefined) return `the option ${show(off)} is set`;
    return container.appArmorProfile === 'unconfined' ? 'its profile is "unconfined"' : undefined;
  },
};
