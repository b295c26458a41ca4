import type { ContainerRule } from '../rule.js';

/** A container that cannot be killed for want of memory freezes, or takes the host along. */
export const oomKill: ContainerRule = {
  id: 'AIRLOCK-oom-kill',
  title: 'The kernel may end it when memory is short',
  sources: [],
  check: ({ container }) => (container.oomKillDisable ? 'the OOM killer is off for it' : undefined),
};
