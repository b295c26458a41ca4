import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A link brings the address and the environment of another container. */
export const links: ContainerRule = {
  id: 'AIRLOCK-links',
  title: 'No other container is linked',
  sources: [],
  check: ({ container }) => unlessNone(container.links, 'it is linked to'),
};
