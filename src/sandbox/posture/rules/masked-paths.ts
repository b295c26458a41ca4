import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { podSecurity } from '../sources.js';

// Of every engine's list, whatever its version.
const REQUIRED = [
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/proc/scsi',
  '/proc/timer_list',
  '/sys/firmware',
];

/** An engine's own list may be longer, and is taken when none is sent. */
export const maskedPaths: ContainerRule = {
  id: 'PSS-proc-masked',
  title: 'What of /proc and /sys tells of the host is hidden',
  sources: [podSecurity('baseline: /proc mount type')],
  check: ({ stage, container }) => {
    const paths = container.maskedPaths;
    if (paths === undefined) return stage === 'asked' ? undefined : 'the engine has no such list for it';
    return unlessNone(
      REQUIRED.filter((path) => !paths.includes(path)),
      'not in the list',
    );
  },
};
