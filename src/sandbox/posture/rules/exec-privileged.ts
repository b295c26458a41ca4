import type { ExecRule } from '../rule.js';
import { cis } from '../sources.js';

/** A privileged exec has every capability, whatever the container has. */
export const execPrivileged: ExecRule = {
  id: 'CIS-5.23',
  title: 'No further program is privileged',
  sources: [cis('5.23')],
  check: ({ privileged }) => (privileged ? 'it is privileged' : undefined),
};
