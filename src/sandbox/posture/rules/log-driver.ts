import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** The engine would log the road itself, the model's traffic included. */
export const logDriver: ContainerRule = {
  id: 'AIRLOCK-log-driver',
  title: 'The engine keeps no log of it',
  sources: [],
  check: ({ container }) => unlessEqual('none', container.logDriver),
};
