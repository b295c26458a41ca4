import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

// Empty for a volume: it has no propagation.
const PRIVATE = ['', 'private', 'rprivate'];

/** What is mounted on one side later does not appear on the other. */
export const mountPropagation: ContainerRule = {
  id: 'CIS-5.20',
  title: 'No mount is shared with the host',
  sources: [cis('5.20')],
  check: ({ container }) => {
    const open = container.mounts.filter(({ propagation }) => !PRIVATE.includes(propagation));
    return open.length === 0
      ? undefined
      : `shared: ${show(open.map(({ target, propagation }) => `${target} ${propagation}`))}`;
  },
};
