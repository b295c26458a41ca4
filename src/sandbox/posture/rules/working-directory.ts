import { unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';

/** Not the image's. */
export const workingDirectory: ContainerRule = {
  id: 'AIRLOCK-working-directory',
  title: 'The main program starts in the folder that was asked for',
  sources: [],
  check: ({ asked, container }) => unlessEqual(asked.cwd, container.cwd),
};
