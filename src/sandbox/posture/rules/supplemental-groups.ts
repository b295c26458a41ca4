import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { nsa } from '../sources.js';

/** A group more may own the engine's socket, or the workspace. */
export const supplementalGroups: ContainerRule = {
  id: 'NSA-supplemental-groups',
  title: 'No further group is joined',
  sources: [nsa('supplemental groups')],
  check: ({ container }) => unlessNone(container.groupAdd, 'it joins'),
};
