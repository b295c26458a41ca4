import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** A lower score has the host's own programs killed first. */
export const oomScore: ContainerRule = {
  id: 'AIRLOCK-oom-score',
  title: 'It is not preferred when memory is short',
  sources: [],
  check: ({ container }) => unlessEqual(0, container.oomScoreAdj),
};
