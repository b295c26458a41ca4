import { show } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis } from '../sources.js';

/** With no-new-privileges a set-uid file gives nothing; here there cannot even be one. */
export const noSetuid: ContainerRule = {
  id: 'CIS-4.8',
  title: 'No writable file system honours set-uid files or device nodes',
  sources: [cis('4.8')],
  check: ({ container }) => {
    const open = Object.entries(container.tmpfs).filter(([, options]) => {
      const flags = options.split(',');
      return !flags.includes('nosuid') || !flags.includes('nodev');
    });
    return open.length === 0 ? undefined : `it lacks nosuid or nodev: ${show(open)}`;
  },
};
