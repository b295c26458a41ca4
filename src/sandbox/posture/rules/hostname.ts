import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** It tells nothing of the host. */
export const hostname: ContainerRule = {
  id: 'AIRLOCK-hostname',
  title: 'Its name is the one that was asked for',
  sources: [],
  check: ({ asked, container }) => unlessEqual(asked.hostname, container.hostname),
};
