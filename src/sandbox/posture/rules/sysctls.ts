import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { podSecurity } from '../sources.js';

/** A kernel setting may hold for more than the container. */
export const sysctls: ContainerRule = {
  id: 'PSS-sysctls',
  title: 'No kernel setting is changed',
  sources: [podSecurity('baseline: sysctls')],
  check: ({ container }) => unlessEqual({}, container.sysctls),
};
