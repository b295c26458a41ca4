import type { ContainerRule } from '../rule.js';

/** Somebody must reap the processes that the agent leaves. */
export const init: ContainerRule = {
  id: 'AIRLOCK-init',
  title: 'Its first process is the init of the engine',
  sources: [],
  check: ({ container }) => (container.init ? undefined : 'it has none'),
};
