import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Binds and another container's volumes: ways that the spec never uses. */
export const otherMounts: ContainerRule = {
  id: 'AIRLOCK-other-mounts',
  title: 'Nothing is mounted by other ways',
  sources: [],
  check: ({ container }) => unlessNone(container.otherMounts, 'mounted'),
};
