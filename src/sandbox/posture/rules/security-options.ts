import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Whatever else an engine may have as a security option was not asked for. */
export const securityOptions: ContainerRule = {
  id: 'AIRLOCK-security-options',
  title: 'The security options are those that were asked for',
  sources: [],
  check: ({ asked, container }) =>
    unlessEqual([...asked.securityOpt].sort(), [...container.securityOpt].sort()),
};
