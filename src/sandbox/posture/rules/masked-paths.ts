import { unlessListed } from '../compare.js';
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

export const maskedPaths: ContainerRule = {
  id: 'PSS-proc-masked',
  title: 'What of /proc and /sys tells of the host is hidden',
  sources: [podSecurity('baseline: /proc mount type')],
  check: ({ stage, container }) => unlessListed(REQUIRED, container.maskedPaths, stage),
};
