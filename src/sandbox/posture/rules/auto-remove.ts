import type { ContainerRule } from '../rule.js';

/** The cause of its end is read after it; its volumes are removed by the session, in order. */
export const autoRemove: ContainerRule = {
  id: 'AIRLOCK-auto-remove',
  title: 'The engine does not remove it by itself',
  sources: [],
  check: ({ container }) => (container.autoRemove ? 'it is removed when it ends' : undefined),
};
