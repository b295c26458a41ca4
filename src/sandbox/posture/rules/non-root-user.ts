import { show, unlessEqual } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { cis, nsa, owasp } from '../sources.js';

/** An id of its own, as a number: a name would be looked up in the image. */
export const nonRootUser: ContainerRule = {
  id: 'CIS-4.1',
  title: 'The main program runs as the unprivileged user that was asked for',
  sources: [cis('4.1'), owasp(2), nsa('non-root user')],
  check: ({ asked, container }) =>
    /^[1-9]\d*:[1-9]\d*$/.test(container.user)
      ? unlessEqual(asked.user, container.user)
      : `it runs as ${show(container.user)}`,
};
