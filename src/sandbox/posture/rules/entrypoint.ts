import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** The image's own program never starts. */
export const entrypoint: ContainerRule = {
  id: 'AIRLOCK-entrypoint',
  title: 'The main program is the one that was asked for',
  sources: [cis('5.7')],
  check: ({ asked, container }) => unlessEqual(asked.argv, container.entrypoint),
};
