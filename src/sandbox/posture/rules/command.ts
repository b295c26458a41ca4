import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** The image's arguments are not appended to ours. */
export const command: ContainerRule = {
  id: 'AIRLOCK-command',
  title: 'The main program gets no further argument',
  sources: [],
  check: ({ container }) => unlessNone(container.cmd, 'it gets'),
};
