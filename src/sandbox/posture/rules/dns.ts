import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A name server would be a road out. */
export const dns: ContainerRule = {
  id: 'AIRLOCK-dns',
  title: 'No name server is set',
  sources: [],
  check: ({ container }) => unlessNone(container.dns, 'it is given'),
};
