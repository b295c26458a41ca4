import { unlessListed } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { podSecurity } from '../sources.js';

// Of every engine's list, whatever its version.
const REQUIRED = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

export const readOnlyPaths: ContainerRule = {
  id: 'PSS-proc-read-only',
  title: 'What of /proc steers the kernel is read-only',
  sources: [podSecurity('baseline: /proc mount type')],
  check: ({ stage, container }) => unlessListed(REQUIRED, container.readonlyPaths, stage),
};
