import { show } from '../compare.js';
import type { ExecRule } from '../rule.js';
import { cis } from '../sources.js';

/** As for the main program: without a user it would be the image's. */
export const execNonRoot: ExecRule = {
  id: 'CIS-5.24',
  title: 'A further program runs as an unprivileged user',
  sources: [cis('5.24')],
  check: ({ user }) => (/^[1-9]\d*:[1-9]\d*$/.test(user) ? undefined : `it runs as ${show(user)}`),
};
