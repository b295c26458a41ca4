import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Never a weaker one in silence. */
export const runtime: ContainerRule = {
  id: 'AIRLOCK-runtime',
  title: 'The runtime is the one that was asked for',
  sources: [],
  check: ({ asked, container }) =>
    asked.runtime === undefined ? undefined : unlessEqual(asked.runtime, container.runtime),
};
