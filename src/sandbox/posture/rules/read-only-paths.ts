import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { podSecurity } from '../sources.js';

// Of every engine's list, whatever its version.
const REQUIRED = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** An engine's own list may be longer, and is taken when none is sent. */
export const readOnlyPaths: ContainerRule = {
  id: 'PSS-proc-read-only',
  title: 'What of /proc steers the kernel is read-only',
  sources: [podSecurity('baseline: /proc mount type')],
  check: ({ stage, container }) => {
    const paths = container.readonlyPaths;
    if (paths === undefined) return stage === 'asked' ? undefined : 'the engine has no such list for it';
    return unlessNone(
      REQUIRED.filter((path) => !paths.includes(path)),
      'not in the list',
    );
  },
};
